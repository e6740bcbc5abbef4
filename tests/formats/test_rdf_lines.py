"""Lines read without a parser say what the parser says, and what is odd is left to it."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats.rdf import lines, parsing
from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.ontology import NANOPUB
from trabecula.graph import Graph
from trabecula.prefixes import ENTITY, EVIDENCE, STATEMENT
from trabecula.settled import settled_iri

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NODES = (
    "<http://a.org/x>", "<https://a.org>", "<http://a.org/%20%C3%A9?q=1/?&b='()*+,;=:@!$~#f?/>",
    "<https://identifiers.org/CHEBI:27363>", "<urn:x>", "<urn:isbn:97#a>", "_:b", "_:B7", "_:00ff",
    "_:a-b", "_:1", "<http://a.org/größe>", "<http://a.org/a b>", "<http://a.org/%zz>", "<x>", "<>",
    "<http://a.org/##>", "<http://a.org/\\u0061>", "<http://[::1]/>", "<http://a.org:80/>", "<urn:>",
    "<http://>", "<mailto:a@b>", "<HTTP://a.org/x>", "<http://a.org/a<b>", "<<", "a", '"x"',
)  # fmt: skip
LITERALS = (
    '"x"', '""', '"a b <c> ."', '"a \\"b\\" \\\\ \\t\\b\\n\\r\\f \\\' c"', '"größer \u2028\x85\ufffe"',
    '"1"^^<' + XSD + 'integer>', '"a b"^^<' + XSD + 'string>', '"a <b"^^<http://a.org/t>', '"x"@en',
    '"x"@EN-gb', '"x"@zz', '"x"@e', '"\\u00e9"', '"a\tb"', '"a\x00\x7fb"', '"a\\qb"', '"a"b"', '"a',
    '"x"^^<' + RDF + 'langString>', '"x"^^<' + RDF + 'HTML>', '"x"^^<t>', '"x"^^x', "'x'", "1", "",
    "<<( <http://a.org/x> <http://a.org/p> _:b )>>",
)  # fmt: skip
NAMES = ("<http://a.org/p>", f"<{RDF}reifies>", "_:p", '"p"', "a")
GRAPHS = (
    "",
    " <http://a.org/g>",
    f" <{NANOPUB}x#head>",
    " _:g",
    ' "g"',
    " <g>",
    " <http://a.org/G>",
)
ENDS = (
    " .\n",
    " .\r\n",
    ".\n",
    " . \n",
    " .",
    "\n",
    " . # why\n",
    " .\n\n",
    " .\n# why\n",
    " ..\n",
)
GOOD = b'<http://a.org/%d> <http://a.org/p> "%d" .\n'


def _outcome(data: bytes, syntax: str) -> str:
    """The content of a file, in its order, or why it is not read."""
    try:
        return repr(parsing.parse(data, syntax, "a"))
    except FormatError as error:
        return str(error)


def _cases() -> list[bytes]:
    """Each odd part with parts that are plain, and some of all of them together."""
    every = [NODES, NAMES, (*NODES, *LITERALS), GRAPHS, ENDS]
    plain = [part[0] for part in every]
    cases = {
        (*plain[:place], text, *plain[place + 1 :])
        for place, texts in enumerate(every)
        for text in texts
    }
    cases |= set(
        product(NODES[6:8], NAMES[:1], (NODES[6], LITERALS[7], LITERALS[6]), GRAPHS, ENDS[:1])
    )
    draw = random.Random(1)  # noqa: S311
    cases |= {tuple(draw.choice(part[: len(part) // 2]) for part in every) for _ in range(300)}
    return [f"{s} {p} {o}{g}{end}".encode() for s, p, o, g, end in sorted(cases)]


@pytest.mark.parametrize("syntax", ["nt", "nq"])
def test_lines_say_what_the_parser_says(syntax: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "BLOCK", 60)  # so that odd lines have blocks of others about them
    cases = [
        b"".join(
            [GOOD % (1, 1), line, GOOD % (2, 2), GOOD % (1, 3), b"_:x <http://a.org/p> _:b .\n"]
        )
        for line in _cases()
    ]
    cases += [b"", b"\n", b"\xef\xbb\xbf" + GOOD % (1, 1), GOOD % (1, 1) + b"\n" + GOOD % (2, 2)]
    # A first line that begins with a blank, and has a part too few where that is a subject.
    three = b" <http://a.org/x> <http://a.org/p> <http://a.org/y>"
    cases += [
        three + b" .\n",
        three + b" <http://a.org/g> .\n",
        b" <http://a.org/p> <http://a.org/x> .\n",
    ]
    outcomes = [_outcome(data, syntax) for data in cases]
    odd = 0
    for data in cases:
        try:
            lines.Lines(Content(), str, graphs=syntax == "nq").read(data)
        except lines.OddError:
            odd += 1
    assert 20 < odd < len(cases) - 20  # both ways are tried
    monkeypatch.setattr(parsing, "_of_lines", lambda *_: None)
    for data, outcome in zip(cases, outcomes, strict=True):
        assert _outcome(data, syntax) == outcome, data


def _changed(lines_of_ours: list[str], draw: random.Random) -> bytes:
    """Lines of ours in which somebody meddled: repeated, moved, given another part, or odd."""
    for _ in range(draw.randrange(1, 6)):
        place, other = (draw.randrange(len(lines_of_ours)) for _ in "ab")
        parts, others = (lines_of_ours[at].split(" ", 2) for at in (place, other))
        part = draw.randrange(3)
        match draw.randrange(5):
            case 0:
                lines_of_ours.insert(other, lines_of_ours[place])
            case 1:
                lines_of_ours.insert(other, lines_of_ours.pop(place))
            case 2:
                lines_of_ours[place] = " ".join((*parts[:part], others[part], *parts[part + 1 :]))
            case 3:
                lines_of_ours.insert(
                    other, " ".join((*parts[:part], others[part], *parts[part + 1 :]))
                )
            case _:
                odd = draw.choice((NODES, NAMES, LITERALS)[part])
                lines_of_ours[place] = " ".join((*parts[:part], odd, *parts[part + 1 :]))
                lines_of_ours[place] += " .\n" * (part == 2)
    return "".join(lines_of_ours).encode()


@pytest.mark.parametrize("syntax", ["nt", "nq"])
def test_files_of_ours_in_which_somebody_meddled_say_what_the_parser_says(
    syntax: str, part: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Subjects in several places, and values that others have too, among them."""
    monkeypatch.setattr(lines, "BLOCK", 2000)
    draw = random.Random(3)  # noqa: S311
    ours = formats.render(part, syntax).decode().splitlines(keepends=True)
    cases = []
    for _ in range(150):
        start = draw.randrange(len(ours) - 60)
        cases.append(_changed(ours[start : start + 60], draw))
    outcomes = [_outcome(data, syntax) for data in cases]
    assert 20 < sum(outcome.startswith("a:") for outcome in outcomes) < len(outcomes) - 20
    monkeypatch.setattr(parsing, "_of_lines", lambda *_: None)
    for data, outcome in zip(cases, outcomes, strict=True):
        assert _outcome(data, syntax) == outcome, data


def _odd(*_: object) -> None:
    raise lines.OddError


ANONYMOUS = """@prefix : <http://a.org/> . @base <http://a.org/b/> .
:x :p [ :q [ :r "größer\\n"@en-GB , "x"@EN , 1.0 , true , "\\u0001" ] , [] ] , ( 1 2 _:b0 ) , <größe> , <x#y> .
_:b0 :p _:z , <<( :x :p :y )>> ; :q [] . _:z rdf:reifies <<( _:z :p _:b0 )>> .
""".replace("rdf:reifies", f"<{RDF}reifies>")
BRACED = """<http://a.org/g> { <http://a.org/x> <http://a.org/p> [] } _:g { [] <http://a.org/p> "x" , 1 }
<https://w3id.org/trabecula/nanopub/x#head> { _:a <http://a.org/p> _:b } _:b <http://a.org/p> _:a .
"""


@pytest.mark.parametrize("syntax", ["ttl", "trig"])
def test_what_the_parser_says_of_other_syntaxes_goes_through_lines_unchanged(
    syntax: str, covering: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a triple term that nothing reifies stays an error as well."""
    cases = [formats.render(covering, syntax), ANONYMOUS.encode()]
    cases += [ANONYMOUS.replace("<<( :x :p :y )>> ;", "1 ;").encode()]
    cases += [BRACED.encode()] if syntax == "trig" else []
    outcomes = [_outcome(data, syntax) for data in cases]
    assert "triple term" in outcomes[1]
    assert not any(outcome.startswith("a: ") for outcome in (outcomes[0], *outcomes[2:]))
    monkeypatch.setattr(lines.Lines, "read", _odd)
    for data, outcome in zip(cases, outcomes, strict=True):
        assert _outcome(data, syntax) == outcome


def test_nodes_of_ours_have_one_spelling() -> None:
    draw = random.Random(2)  # noqa: S311
    for space in (STATEMENT, EVIDENCE, ENTITY, "https://identifiers.org/CHEBI:"):
        for _ in range(200):
            iri = space + "".join(draw.choices("sE0123456789abcdef", k=draw.randrange(5)))
            iri += draw.choice(("", "", "/", "%41", "#x", "é", "-", "?a=b"))
            assert lines.one_spelling(iri) == settled_iri(iri)


def test_a_file_of_blocks_is_cut_where_lines_end() -> None:
    data = b"".join(GOOD % (number, number) for number in range(5000)) + b"and a rest"
    parts = list(lines.blocks(data))
    assert b"".join(parts) == data
    assert len(parts) > 2
    assert all(part.endswith(b"\n") for part in parts[:-1])


def test_terms_are_forgotten_where_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_TERMS", 2)
    monkeypatch.setattr(lines, "LONGEST_TERM", 20)
    data = b"".join(GOOD % (number % 7, number) for number in range(50))
    outcome = _outcome(data, "nt")
    monkeypatch.setattr(parsing, "_of_lines", lambda *_: None)
    assert outcome == _outcome(data, "nt")


@pytest.mark.parametrize(
    ("syntax", "line"),
    [("nt", "<http://x.org/a> <http://x.org/b> <c> ."),
     ("nq", "<http://x.org/a> <http://x.org/b> <http://x.org/c> <c> .")],
)  # fmt: skip
def test_an_iri_that_is_relative_is_named_with_its_line(
    syntax: str, line: str, tmp_path: Path
) -> None:
    path = tmp_path / f"x.{syntax}"
    path.write_text(f"<http://x.org/a> <http://x.org/b> <http://x.org/d> .\n{line}\n", "utf-8")
    with pytest.raises(FormatError, match=rf"x\.{syntax}:2: the IRI <c> is relative, .*: write it"):
        formats.load(path)
