"""The release folder: every format, what is derived, the page, a description, checksums."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from trabecula import __released__, __version__, cite, folders, formats, outputs, shipped
from trabecula.errors import FormatError
from trabecula.formats.rdf.model import iri
from trabecula.graph import Graph
from trabecula.identifiers import NAMESPACES, ONTOLOGY, SOURCE
from trabecula.reason import derived
from trabecula.views.html import render as render_page

NAME = "trabecula"
SUMS = "SHA256SUMS"
#: The file of what follows from the statements, in a named graph of its own.
DERIVED = f"{NAME}-derived.trig"
#: What every release holds, and hardly another folder with checksums.
_MARKS: Final = (f"{NAME}.nt", "void.ttl", "ro-crate-metadata.json")
#: A line of checksums: the digest of a file, and its path within the folder.
_SUM: Final = re.compile(r"([0-9a-f]{64})  ([^/\\\0-\x1f][^\\\0-\x1f]*)")
CONTENT_LICENCE = "https://creativecommons.org/licenses/by/4.0/"

#: Media types of what is in the folder, for its machine-readable descriptions.
_MEDIA_TYPES = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".json": "application/json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".graphml": "application/graphml+xml",
    ".gexf": "application/gexf+xml",
    ".html": "text/html",
    ".dot": "text/vnd.graphviz",
    ".sif": "text/plain",
}


def build(graph: Graph, folder: Path, *, overwrite: bool = False) -> dict[str, str]:
    """Write the release of `graph` to `folder`; return the SHA-256 of each file by its path.

    The folder changes as a whole or not at all. One that exists is replaced only when it is empty
    or is itself a release, that is, when it holds nothing but the files that its own checksums
    name, each as it was written. Raises `OutputError` otherwise, which names what is in the way;
    with `overwrite` only files of the same names are replaced then.
    """
    files = dict(contents(graph))
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    sums = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    files[SUMS] = sums.encode("utf-8")
    folders.write(outputs.target(folder), files, _judge, overwrite=overwrite)
    return digests


def contents(graph: Graph) -> Iterator[tuple[str, bytes]]:
    """The files of a release, by path within the folder; the checksums apart."""
    files: dict[str, bytes] = {}
    for form in formats.FORMATS.values():
        if form.writes and form.suffixes:
            files[f"{NAME}{form.suffixes[0]}"] = formats.render(graph, form.name)
    files[DERIVED] = derived.render(graph)
    files[f"{NAME}.html"] = render_page(graph).encode("utf-8")
    for name, text in _tables(graph).items():
        files[f"graph/{name}"] = text.encode("utf-8")
    for path in sorted(shipped.ontology().glob("*.ttl")):
        files[f"ontology/{path.name}"] = path.read_bytes()
    files["CITATION.bib"] = cite.graph_bibtex().encode("utf-8")
    files["void.ttl"] = _void(graph, files).encode("utf-8")
    files["ro-crate-metadata.json"] = _crate(files).encode("utf-8")
    yield from sorted(files.items())


def _tables(graph: Graph) -> dict[str, str]:
    """The tables of the curated format; none for a graph that they cannot hold whole."""
    try:
        return formats.curated.checked_tables(graph)
    except FormatError:
        return {}


def _judge(folder: Path) -> Callable[[str], str]:
    """What is in a folder and no part of a release that is as it was written."""
    sums, broken = _sums(folder)
    ours = not broken and all(sums.get(n) == folders.digest(folder / n) for n in _MARKS)

    def fault(name: str) -> str:
        path = folder / name
        if not ours or (name not in sums and name != SUMS) or path.is_symlink():
            return f"is not part of a release{broken}"
        if name != SUMS and folders.digest(path) != sums[name]:
            return "was changed since it was released"
        return ""

    return fault


def _sums(folder: Path) -> tuple[dict[str, str], str]:
    """The checksums of a release folder by file, and what is wrong with the list of them."""
    path = folder / SUMS
    if path.is_symlink() or not path.is_file():
        return {}, ""
    try:
        lines = path.read_bytes().decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return {}, f" ({SUMS} is not UTF-8)"
    matches = [_SUM.fullmatch(line) for line in lines]
    for number, match in enumerate(matches, start=1):
        if match is None or ".." in PurePosixPath(match[2]).parts:
            return {}, f" (line {number} of {SUMS} is no checksum of a file in it)"
    return {match[2]: match[1] for match in matches if match}, ""


def _void(graph: Graph, files: dict[str, bytes]) -> str:
    """The release described in VoID and DCAT, with where it comes from in PROV."""
    triples = files[f"{NAME}.nt"].splitlines()
    subjects = {triple.split(b" ", 1)[0] for triple in triples}
    lines = [
        "@prefix dcat: <http://www.w3.org/ns/dcat#> .",
        "@prefix dct: <http://purl.org/dc/terms/> .",
        "@prefix prov: <http://www.w3.org/ns/prov#> .",
        "@prefix spdx: <http://spdx.org/rdf/terms#> .",
        "@prefix void: <http://rdfs.org/ns/void#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        "",
        f"<{cite.HOME}> a void:Dataset, dcat:Dataset ;",
        f'  dct:title "{cite.TITLE}" ;',
        f"  dct:license <{CONTENT_LICENCE}> ;",
        f'  dct:issued "{__released__}"^^xsd:date ;',
        f'  dcat:version "{__version__}" ;',
        f"  void:triples {len(triples)} ;",
        f"  void:entities {len(graph.entities)} ;",
        f"  void:distinctSubjects {len(subjects)} ;",
        f"  void:vocabulary <{ONTOLOGY}>, <{NAMESPACES['biolink']}>, <{NAMESPACES['skos']}> ;",
        '  void:uriSpace "https://w3id.org/trabecula/" ;',
    ]  # fmt: skip
    sources = sorted(
        {f"<{iri(row.source, SOURCE)}>" for s in graph.statements.values() for row in s.evidence}
    )
    if sources:
        lines.append("  prov:wasDerivedFrom\n    " + ",\n    ".join(sources) + " ;")
    kept = [name for name in sorted(files) if "/" not in name and name.startswith(NAME)]
    asserted = [name for name in kept if name != DERIVED]
    lines.append("  dcat:distribution\n    " + ",\n    ".join(f"<{n}>" for n in asserted) + " .")
    lines += [
        "",
        f"<{derived.GRAPH}> a void:Dataset, dcat:Dataset ;",
        '  dct:title "What follows from the statements: loops, conflicts and consequences" ;',
        f"  dct:license <{CONTENT_LICENCE}> ;",
        f"  prov:wasDerivedFrom <{cite.HOME}> ;",
        f"  dcat:distribution <{DERIVED}> .",
    ]
    for name in kept:
        digest = hashlib.sha256(files[name]).hexdigest()
        lines += [
            "",
            f"<{name}> a dcat:Distribution ;",
            f'  dcat:mediaType "{_media_type(name)}" ;',
            f"  dcat:byteSize {len(files[name])} ;",
            f"  spdx:checksum <{name}#checksum> .",
            f"<{name}#checksum> a spdx:Checksum ;",
            "  spdx:algorithm spdx:checksumAlgorithm_sha256 ;",
            f'  spdx:checksumValue "{digest}"^^xsd:hexBinary .',
        ]
    return "\n".join(lines) + "\n"


def _media_type(name: str) -> str:
    return _MEDIA_TYPES.get(Path(name).suffix, "application/octet-stream")


def _crate(files: dict[str, bytes]) -> str:
    """The RO-Crate 1.1 description of the folder (https://w3id.org/ro/crate/1.1)."""
    parts = [{"@id": name} for name in sorted(files)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": cite.TITLE,
        "description": "Statements about magnesium and bone health with the evidence for and "
        "against each. A knowledge resource, not medical advice.",
        "version": __version__,
        "datePublished": __released__,
        "license": {"@id": CONTENT_LICENCE},
        "author": {"@id": "#authors"},
        "hasPart": parts,
    }
    described = [
        {
            "@id": name,
            "@type": "File",
            "name": name,
            "encodingFormat": _media_type(name),
            "contentSize": str(len(data)),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        for name, data in sorted(files.items())
    ]
    crate = {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            root,
            {"@id": "#authors", "@type": "Organization", "name": cite.AUTHOR},
            {"@id": CONTENT_LICENCE, "@type": "CreativeWork", "name": "CC BY 4.0"},
            *described,
        ],
    }
    return json.dumps(crate, ensure_ascii=False, indent=2) + "\n"
