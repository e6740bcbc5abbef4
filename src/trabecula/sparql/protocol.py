"""One question to a SPARQL endpoint over HTTP: what is sent, and the bounded answer to it.

This is the one place at which trabecula uses the network, and only because the user named the
address. Nothing else is contacted: an endpoint may send the question on within its own host, to
`https` or another path; another host is named in the error instead. Who answers is not trusted:
time and size are bounded, and what it says is cleaned before it is shown.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final, NoReturn
from urllib.parse import SplitResult, unquote, urlencode, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from trabecula.characters import SHOWN, visible
from trabecula.errors import QueryError
from trabecula.sparql.clock import Deadline
from trabecula.version import __version__

#: How often a question is sent on within a host.
MOST_REDIRECTS: Final = 5
#: How much is read of what an endpoint says of an error, in bytes.
_MESSAGE_BYTES: Final = 4096
_PIECE: Final = 1 << 16
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_MARKUP: Final = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE
)
#: What no target of a request may have: blanks and control characters.
_UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an endpoint is. What proves who asks is never shown."""

    url: str  # without user name and password
    secret: str = field(default="", repr=False)  # the header that proves who asks

    @property
    def parts(self) -> SplitResult:
        """The parts of the URL."""
        return urlsplit(self.url)

    @property
    def shown(self) -> str:
        """The URL as messages name it: without its query, which may hold a key."""
        scheme, place, path, query, _ = self.parts
        return visible(f"{urlunsplit((scheme, place, path, '', ''))}{'?…' if query else ''}", SHOWN)


def address(text: str) -> Address:
    """The endpoint that a text names: `https://host/sparql`, `https://user:password@host/sparql`.

    Raises `QueryError` for what is no address of the web.

    >>> address("https://me:secret@example.org/sparql").url
    'https://example.org/sparql'
    """
    try:
        parts = urlsplit(text.strip())
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise QueryError(f"this is no address of an endpoint: {error}") from None
    whole = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="")
    if parts.scheme not in _DEFAULT_PORTS or not host or port == 0 or _UNFIT.search(text.strip()):
        shown = visible(urlunsplit(whole._replace(query="")), SHOWN)
        raise QueryError(f"{shown} is no address of an endpoint; give https://host/path")
    secret = ""
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        secret = f"Basic {b64encode(pair.encode('utf-8')).decode('ascii')}"
    return Address(urlunsplit(whole._replace(path=parts.path or "/")), secret)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answered: its media type in small letters, and the bytes."""

    kind: str
    data: bytes


def post(to: Address, query: str, accept: str, deadline: Deadline, limit: int) -> Answer:
    """The answer of an endpoint to a query, of at most `limit` bytes.

    The query is sent as a form, which every endpoint of SPARQL 1.1 takes. Raises `QueryError` where
    there is no whole answer before the deadline, with the reason.
    """
    body = urlencode({"query": query}).encode("ascii")
    for _ in range(MOST_REDIRECTS + 1):
        with _connected(to, deadline) as (connection, target):
            headers = {
                "Accept": accept,
                "Content-Type": "application/x-www-form-urlencoded",
                "User-Agent": f"trabecula/{__version__}",
                **({"Authorization": to.secret} if to.secret else {}),
            }
            connection.request("POST", target, body, headers)
            with connection.getresponse() as response:
                if response.status not in (301, 302, 307, 308):
                    return _answer(to, response, deadline, limit)
                to = _sent_on(to, response.getheader("Location", ""))
    raise QueryError(f"{to.shown} sends the question on more than {MOST_REDIRECTS} times")


# --- The connection -----------------------------------------------------------------------------


@contextmanager
def _connected(to: Address, deadline: Deadline) -> Iterator[tuple[http.client.HTTPConnection, str]]:
    """A connection that ends at the deadline, and the target of a request over it."""
    connection, target = _made(to, deadline)
    late: Callable[[], None] = lambda: None  # noqa: E731
    try:
        connection.connect()
        late = _ending(connection.sock, deadline)
        yield connection, target
    except TimeoutError:
        raise deadline.missed() from None
    except (OSError, http.client.HTTPException) as error:
        deadline.check()  # what was shut down at the deadline looks like anything
        _fail(to, error)
    finally:
        late()
        connection.close()


def _made(to: Address, deadline: Deadline) -> tuple[http.client.HTTPConnection, str]:
    """A connection to be made: straight, or over the proxy that the environment names."""
    parts = to.parts
    host, port = parts.hostname or "", parts.port or _DEFAULT_PORTS[parts.scheme]
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    proxy = getproxies().get(parts.scheme)
    left = max(deadline.left, 0.001)
    if proxy and not proxy_bypass(parts.netloc):
        over = urlsplit(proxy if "//" in proxy else f"//{proxy}")
        where = (over.hostname or "", over.port or _DEFAULT_PORTS["http"])
        headers = {}
        if over.username is not None:
            pair = f"{unquote(over.username)}:{unquote(over.password or '')}".encode()
            headers["Proxy-Authorization"] = f"Basic {b64encode(pair).decode('ascii')}"
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(*where, timeout=left)
            connection.set_tunnel(host, port, headers)
            return connection, target
        return http.client.HTTPConnection(*where, timeout=left), to.url
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=left), target
    return http.client.HTTPConnection(host, port, timeout=left), target


def _ending(channel: socket.socket, deadline: Deadline) -> Callable[[], None]:
    """Shut a channel down at the deadline, however slowly bytes come; gives what calls that off."""

    def end() -> None:
        with suppress(OSError):
            channel.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(deadline.left, end)
    timer.daemon = True
    timer.start()
    return timer.cancel


def _fail(to: Address, error: OSError | http.client.HTTPException) -> NoReturn:
    """Raise why there is no answer, in words a person can act on."""
    host = visible(to.parts.hostname or "", SHOWN)
    if isinstance(error, socket.gaierror):
        what = f"no host is called {host}; is it spelt right, and is there a network?"
    elif isinstance(error, ConnectionRefusedError):
        what = "nobody answers there: the connection is refused; is the endpoint running?"
    elif isinstance(error, ssl.SSLCertVerificationError):
        what = f"its certificate cannot be trusted: {error.verify_message}"
    elif isinstance(error, ssl.SSLError):
        what = f"no secure connection: {error.reason or error}; does it speak https?"
    elif isinstance(error, http.client.IncompleteRead):
        what = "the answer breaks off"
    elif isinstance(error, http.client.RemoteDisconnected):
        what = "it closed the connection without an answer"
    elif isinstance(error, http.client.HTTPException):
        what = f"what it answers is no HTTP: {type(error).__name__}"
    else:
        what = error.strerror or str(error)
    raise QueryError(f"{to.shown}: {visible(what, SHOWN)}") from error


def _sent_on(to: Address, location: str) -> Address:
    """Where a question is sent on to: the same host, and never from https to http."""
    try:
        there = urlsplit(urljoin(to.url, location))
        host, _ = there.hostname, there.port
    except ValueError:
        host = None
    web = host is not None and there.scheme in _DEFAULT_PORTS
    if not location or not web or _UNFIT.search(location):
        raise QueryError(f"{to.shown} sends the question on to what is no address of the web")
    there = there._replace(netloc=there.netloc.rpartition("@")[2], fragment="")
    new = Address(urlunsplit(there._replace(path=there.path or "/")), to.secret)
    if host != to.parts.hostname:
        raise QueryError(f"{to.shown} has moved to {new.shown}; name that if you trust it")
    if to.parts.scheme == "https" and there.scheme != "https":
        raise QueryError(f"{to.shown} sends the question on without encryption, to {new.shown}")
    return new


# --- The answer ---------------------------------------------------------------------------------


def _answer(
    to: Address, response: http.client.HTTPResponse, deadline: Deadline, limit: int
) -> Answer:
    kind = response.headers.get_content_type()
    if response.status != 200:
        message = _message(_read(response, deadline, _MESSAGE_BYTES)[:_MESSAGE_BYTES], kind)
        reason = http.client.responses.get(response.status, "")
        what = f"{response.status}{f' {reason}' if reason else ''}{_HINTS.get(response.status, '')}"
        raise QueryError(f"{to.shown} answered {what}{f': {message}' if message else ''}")
    packed = response.getheader("Content-Encoding", "identity").strip().lower()
    if packed not in ("", "identity"):
        raise QueryError(f"{to.shown} packed its answer ({visible(packed, SHOWN)}), unasked")
    told = response.length
    if told is not None and told > limit:
        raise _too_large(to, limit)
    data = _read(response, deadline, limit)
    if len(data) > limit:
        raise _too_large(to, limit)
    if told is not None and len(data) < told:
        raise QueryError(f"{to.shown}: the answer breaks off after {len(data):,} of {told:,} bytes")
    return Answer(kind, data)


_HINTS: Final = {
    401: " (put user:password@ before the host, if you have them)",
    405: " (is this the address of the endpoint, or of a page about it?)",
    404: " (is this the address of the endpoint?)",
}


def _too_large(to: Address, limit: int) -> QueryError:
    return QueryError(
        f"{to.shown}: the answer is larger than {limit // 1024**2} MiB; narrow the query or add"
        " LIMIT"
    )


def _read(response: http.client.HTTPResponse, deadline: Deadline, most: int) -> bytes:
    """The answer, up to a piece more than so many bytes."""
    body = bytearray()
    while len(body) <= most:
        part = response.read1(_PIECE)
        deadline.check()
        if not part:
            break
        body += part
    return bytes(body)


def _message(data: bytes, kind: str) -> str:
    """What an endpoint says of an error: a line that can be shown."""
    text = data.decode("utf-8", "replace")
    if kind in ("text/html", "application/xhtml+xml"):
        text = _MARKUP.sub(" ", text)
    return visible(" ".join(text.split()), SHOWN)
