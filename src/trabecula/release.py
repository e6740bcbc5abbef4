"""The release folder: every format, what is derived, the page, a description, checksums."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from trabecula import __released__, __version__, cite, formats, shipped
from trabecula.errors import FormatError, TrabeculaError
from trabecula.formats.rdf import derived
from trabecula.formats.rdf.model import iri
from trabecula.graph import Graph
from trabecula.identifiers import NAMESPACES, ONTOLOGY, SOURCE
from trabecula.views.html import render as render_page

NAME = "trabecula"
SUMS = "SHA256SUMS"
#: The file of what follows from the statements, in a named graph of its own.
DERIVED = f"{NAME}-derived.trig"
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


def build(graph: Graph, folder: Path) -> dict[str, str]:
    """Write the release of `graph` to `folder`; return the SHA-256 of each file by its path.

    The folder is made beside its final place and moved there when it is complete. An existing
    folder is replaced only when it is empty or is itself a release, that is, when it holds
    nothing but the files its own checksums name. Raises `TrabeculaError` otherwise.
    """
    folder = Path(folder)
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".new"))
    try:
        digests = {}
        for name, data in contents(graph):
            target = work / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            digests[name] = hashlib.sha256(data).hexdigest()
        sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
        (work / SUMS).write_text(sums, encoding="utf-8", newline="\n")
        work.chmod(0o755)
        _put_in_place(work, folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return dict(sorted(digests.items()))


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


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise TrabeculaError(f"{folder} is no folder of its own; name another one")
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}
    if not present:
        return
    sums = folder / SUMS
    listed = {SUMS}
    if sums.is_file():
        listed |= {line.partition("  ")[2] for line in sums.read_text("utf-8").splitlines()}
    foreign = sorted(present - listed)
    if foreign:
        raise TrabeculaError(
            f"{folder} holds {foreign[0]}, which is not part of a release; name another folder"
        )


def _put_in_place(work: Path, folder: Path) -> None:
    """Exchange the old folder for the new one; on failure the old one is put back."""
    if not folder.exists():
        work.rename(folder)
        return
    old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".old"))
    folder.rename(old / "release")
    try:
        work.rename(folder)
    except BaseException:
        (old / "release").rename(folder)
        old.rmdir()
        raise
    shutil.rmtree(old)


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
