"""Large graphs as KGX tables: a real one, and generated ones with its distribution of degrees.

    python benchmarks/store_data.py real DEBS FOLDER        # genes and GO terms, 2 Debian packages
    python benchmarks/store_data.py generated 2000000 FOLDER [DEBS]

The real one is every association of a human gene with a term of GO, inherited ones among them, with
the codes of its evidence: `apt-get download r-bioc-org.hs.eg.db r-bioc-go.db`, unpacked with
`dpkg-deb -x` into DEBS. A generated one has ends drawn from the degrees of that graph (without
DEBS: from a power law fitted to them), the predicates and columns that KGX files have, and papers.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

GENES = "usr/lib/R/site-library/org.Hs.eg.db/extdata/org.Hs.eg.sqlite"
TERMS = "usr/lib/R/site-library/GO.db/extdata/GO.sqlite"
#: Codes of evidence of GO as ECO has them.
ECO = {
    "IDA": "ECO:0000314", "IPI": "ECO:0000353", "IMP": "ECO:0000315", "IGI": "ECO:0000316",
    "IEP": "ECO:0000270", "TAS": "ECO:0000304", "NAS": "ECO:0000303", "IC": "ECO:0000305",
    "ND": "ECO:0000307", "IEA": "ECO:0000501", "ISS": "ECO:0000250", "ISO": "ECO:0000266",
    "ISA": "ECO:0000247", "IBA": "ECO:0000318", "EXP": "ECO:0000269", "RCA": "ECO:0000245",
    "HDA": "ECO:0007005", "HEP": "ECO:0007007", "HMP": "ECO:0007001", "IGC": "ECO:0000317",
}  # fmt: skip
KINDS = {
    "bp": ("biolink:actively_involved_in", "biolink:BiologicalProcess"),
    "mf": ("biolink:enables", "biolink:MolecularActivity"),
    "cc": ("biolink:located_in", "biolink:CellularComponent"),
}
#: Predicate, direction of its object, share.
PREDICATES = (
    ("biolink:affects", "increased", 0.14), ("biolink:affects", "decreased", 0.14),
    ("biolink:interacts_with", "", 0.2), ("biolink:associated_with", "", 0.12),
    ("biolink:positively_correlated_with", "", 0.06), ("biolink:actively_involved_in", "", 0.12),
    ("biolink:located_in", "", 0.08), ("biolink:expressed_in", "", 0.08),
    ("biolink:treats", "", 0.02), ("biolink:contributes_to", "", 0.04),
)  # fmt: skip


def real(debs: Path, folder: Path, name: str = "genes") -> None:
    """Write the real graph."""
    genes = sqlite3.connect(debs / GENES)
    edges: list[tuple[str, ...]] = []
    used: set[str] = set()
    for kind, (predicate, _) in KINDS.items():
        rows = genes.execute(
            f"SELECT g.gene_id, x.go_id, group_concat(DISTINCT x.evidence) FROM go_{kind}_all x "  # noqa: S608
            "JOIN genes g ON g._id = x._id GROUP BY 1, 2 ORDER BY 1, 2"
        )
        for gene, term, codes in rows:
            terms = "|".join(ECO.get(code, code) for code in sorted(codes.split(",")))
            edges.append((f"NCBIGene:{gene}", predicate, term, terms, "infores:goa"))
            used.update((f"NCBIGene:{gene}", term))
    titles = dict(sqlite3.connect(debs / TERMS).execute("SELECT go_id, term FROM go_term"))
    ontology = dict(sqlite3.connect(debs / TERMS).execute("SELECT go_id, ontology FROM go_term"))
    nodes = [
        (f"NCBIGene:{gene}", "biolink:Gene", symbol, full)
        for gene, symbol, full in genes.execute(
            "SELECT g.gene_id, i.symbol, i.gene_name FROM genes g JOIN gene_info i USING (_id)"
        )
        if f"NCBIGene:{gene}" in used
    ]
    nodes += [
        (term, KINDS[ontology.get(term, "BP").lower()][1], titles.get(term, term), "")
        for term in sorted(used)
        if term.startswith("GO:")
    ]
    header = ("subject", "predicate", "object", "has_evidence", "primary_knowledge_source")
    _table(folder / f"{name}_edges.tsv", header, list(zip(*edges, strict=True)))
    _table(
        folder / f"{name}_nodes.tsv",
        ("id", "category", "name", "full_name"),
        list(zip(*nodes, strict=True)),
    )


def _table(path: Path, names: tuple[str, ...], columns: list) -> None:
    table = pa.table({n: pa.array(c, pa.string()) for n, c in zip(names, columns, strict=True)})
    _write(path, table)


def _write(path: Path, table: pa.Table, *, header: bool = True) -> None:
    options = pyarrow.csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="none")
    with path.open("wb" if header else "ab") as stream:
        if header:
            stream.write(("\t".join(table.column_names) + "\n").encode())
        pyarrow.csv.write_csv(table, stream, options)


def degrees(debs: Path | None, count: int, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """How often each of so many subjects, and objects, stands in an edge, as a share."""
    if debs is not None:
        genes = sqlite3.connect(debs / GENES)
        sides = [
            np.array([n for (n,) in genes.execute(f"SELECT count(*) FROM go_bp_all GROUP BY {by}")])  # noqa: S608
            for by in ("_id", "go_id")
        ]
        drawn = [rng.choice(side, count) for side in sides]
    else:
        drawn = [np.minimum(rng.pareto(a, count) * 10 + 1, count / 5) for a in (1.6, 0.9)]
    return tuple(side / side.sum() for side in drawn)


def generated(
    edges: int, folder: Path, debs: Path | None = None, name: str = "made", seed: int = 7
) -> None:
    """Write a generated graph of so many rows."""
    rng = np.random.default_rng(seed)
    count = max(edges // 25, 10)
    subjects, objects = degrees(debs, count, rng)
    ids = pa.array(
        [f"{('NCBIGene', 'CHEBI', 'GO', 'MONDO')[n % 4]}:{1000000 + n}" for n in range(count)]
    )
    categories = ("biolink:Gene", "biolink:SmallMolecule", "biolink:BiologicalProcess",
                  "biolink:Disease")  # fmt: skip
    words = ("alpha", "kinase", "receptor", "factor", "protein", "acid", "syndrome", "binding",
             "bone", "growth", "channel", "transport", "beta", "mineral", "response")  # fmt: skip
    picks = rng.integers(0, len(words), (count, 3))
    nodes = [
        (
            ids[n].as_py(), categories[n % 4],
            f"{words[picks[n, 0]]} {words[picks[n, 1]]} {words[picks[n, 2]]} {n}",
            f"N{n}X|syn {n}",
        )
        for n in range(count)
    ]  # fmt: skip
    _table(
        folder / f"{name}_nodes.tsv", ("id", "category", "name", "synonym"),
        list(zip(*nodes, strict=True)),
    )  # fmt: skip
    shares = np.array([share for *_, share in PREDICATES])
    names = pa.array([row[0] for row in PREDICATES])
    ways = pa.array([row[1] for row in PREDICATES])
    sources = pa.array(["infores:semmeddb", "infores:goa", "infores:ctd", "infores:string"])
    codes = pa.array(["ECO:0000314", "ECO:0000501", "ECO:0000318", ""])
    done, step = 0, 500_000
    while done < edges:
        size = min(step, edges - done)
        kind = pa.array(rng.choice(len(PREDICATES), size, p=shares / shares.sum()))
        papers = np.minimum(rng.pareto(0.8, (size, 2)) * 1000, 30_000_000).astype(int)
        many = rng.random(size)
        first = pa.array(papers[:, 0] + 1000000).cast(pa.string())
        second = pa.array(papers[:, 1] + 1000000).cast(pa.string())
        paper = pa.compute.binary_join_element_wise("PMID:", first, "")
        two = pa.compute.binary_join_element_wise(paper, "|PMID:", second, "")
        cited = pa.compute.if_else(pa.array(many < 0.25), "", pa.compute.if_else(
            pa.array(many < 0.8), paper, two))  # fmt: skip
        number = pa.array(np.arange(done, done + size)).cast(pa.string())
        table = pa.table(
            {
                "id": pa.compute.binary_join_element_wise("edge", number, "-"),
                "subject": ids.take(pa.array(rng.choice(count, size, p=subjects))),
                "predicate": names.take(kind),
                "object": ids.take(pa.array(rng.choice(count, size, p=objects))),
                "publications": cited,
                "primary_knowledge_source": sources.take(pa.array(rng.integers(0, 4, size))),
                "has_evidence": codes.take(pa.array(rng.integers(0, 4, size))),
                "object_direction_qualifier": ways.take(kind),
                "knowledge_level": pa.array(np.full(size, "knowledge_assertion")),
                "agent_type": pa.array(np.full(size, "automated_agent")),
                "negated": pa.array(np.where(rng.random(size) < 0.003, "true", "")),
            }
        )
        _write(folder / f"{name}_edges.tsv", table, header=done == 0)
        done += size


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "real":
        real(Path(rest[0]), Path(rest[1]))
    else:
        generated(int(rest[0]), Path(rest[1]), Path(rest[2]) if len(rest) > 2 else None)
