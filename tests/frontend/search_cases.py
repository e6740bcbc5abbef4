"""What is typed into the search of the page and of the command line, and what Python finds.

`frontend/src/find.js` is the twin of `trabecula.lookup`; the cases that this module writes to
`frontend/test/search-cases.json` hold them together. Run as a program it writes them
(`scripts/reasoning-cases`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from trabecula.formats import nodelink
from trabecula.graph import Graph
from trabecula.lookup import search, tables
from trabecula.model import Entity, Xref

FILE = Path(__file__).parents[2] / "frontend" / "test" / "search-cases.json"


def entity(key: str, name: str, *synonyms: str, **more: Any) -> Entity:
    return Entity(id=key, name=name, category="chemical", synonyms=synonyms, **more)


#: Names of the kinds that people type in another way than they are written.
GRAPH = Graph(
    [
        entity("calcitriol", "calcitriol", "1,25(OH)₂D₃", xrefs=(Xref("exact", "CHEBI:17823"),)),
        entity("calcidiol", "25-hydroxyvitamin D", "25(OH)D", "calcifediol"),
        entity("iga", "IgA antibody"),
        entity("ifnb", "interferon beta"),
        entity("fgfa", "factor X", "loss of bone factor X"),
        entity("trpm6", "TRPM6"),
        entity("vitamin-d", "vitamin D", description="What calcitriol is made of."),
        entity("calcitonin", "calcitonin", xrefs=(Xref("broad", "CHEBI:3306"),)),
        entity("CTNNB1", "β-catenin"),
        entity("tnf", "TNF-α", "tumour necrosis factor"),
        entity("nfkb", "NF-κB", "NFkappaB"),
        entity("tgfb", "TGF-beta 1", "TGFB1"),
        entity("omega-3", "ω-3 fatty acids"),
        entity("gd", "γδ T cell"),
        entity("il1b", "interleukin-1β", "IL-1β"),
        entity("il6", "IL-6", "interleukin 6"),
        entity("fgf23", "FGF23"),
        entity("Mg", "magnesium", "Mg", "Mg²⁺"),
        entity("Mg-deficiency", "magnesium deficiency"),
        entity("blood-Mg", "blood magnesium", "serum magnesium"),
        entity("hypomagnesaemia", "hypomagnesaemia", "low blood magnesium"),
        entity("hypocalcaemia", "hypocalcaemia", "low blood calcium", "low calcium"),
        entity("pth-excess", "PTH excess"),
        entity("high-pth-1", "elevated phosphate"),
        entity("high-pth-2", "phosphate excess"),
        entity("tablets", "magnesium supplementation"),
        entity("fgf21", "FGF21"),
        entity("pthrp", "PTHrP", "parathyroid hormone-related protein"),
        entity("pth", "parathyroid hormone", "PTH"),
        entity("haemoglobin", "haemoglobin"),
        entity("estradiol", "estradiol", "17β-oestradiol"),
        entity("sulfate", "magnesium sulfate", "MgSO₄"),
        entity("aluminium", "aluminium"),
        entity("fibre", "dietary fibre"),
        entity("remodelling", "bone remodelling"),
        entity("ageing", "ageing"),
        entity("ca", "Ca²⁺", "calcium ion"),
        entity("sjogren", "Sjögren’s disease"),
        entity("straße", "Straße, Œdipus and Łódź"),
        entity("magnesio", "μαγνήσιο", "マグネシウム", "магний"),
        entity("density", "bone mineral density", "BMD"),
        entity("ＣＯＬ１", "ＣＯＬ１Ａ１"),
        entity("__proto__", "constructor"),
        entity("odd", "…", "", " "),
        entity("ckd", "chronic kidney disease", "renal insufficiency"),
        entity("hypokalaemia", "hypokalaemia"),
        entity("urine-zinc", "urinary zinc"),
        entity("uptake", "intestinal zinc absorption"),
        entity("GO:0030282", "bone mineralisation", xrefs=(Xref("exact", "GO:0030282", "x"),)),
    ]
)

#: What is typed, each with the id of the first hit; none where nothing may be found.
FIRST = {
    "calcitrol": "calcitriol", "Calcitriol ": "calcitriol", "calcitirol": "calcitriol",
    "25 oh d": "calcidiol", "25OHD": "calcidiol", "25-OH-D": "calcidiol", "25(oh)d": "calcidiol",
    "1,25(OH)2D3": "calcitriol", "1 25 oh 2 d": "calcitriol",
    "vit d": "vitamin-d", "vitamind": "vitamin-d", "vitamine D": "vitamin-d",
    "beta-catenin": "CTNNB1", "beta catenin": "CTNNB1", "b-catenin": "CTNNB1", "Β-CATENIN": "CTNNB1",
    "TNF alpha": "tnf", "TNFalpha": "tnf", "tnf-a": "tnf", "TNFα": "tnf", "tumor necrosis factor": "tnf",
    "NF-kB": "nfkb", "NFkB": "nfkb", "nf kappa b": "nfkb", "NF-κB": "nfkb", "NF-kappa-B": "nfkb",
    "TGF-β1": "tgfb", "TGFb1": "tgfb", "tgf beta": "tgfb",
    "omega-3": "omega-3", "omega 3 fatty acid": "omega-3", "gamma delta T": "gd",
    "IL-1beta": "il1b", "IL1b": "il1b", "interleukin 1 beta": "il1b",
    "IL6": "il6", "il 6": "il6", "interleukin-6": "il6", "interlukin 6": "il6",
    "fgf-23": "fgf23", "FGF 21": "fgf21", "pth": "pth", "PTH-rP": "pthrp",
    "parathyriod": "pth", "parathyroid hormon": "pth", "hormone parathyroid": "pth",
    "hemoglobin": "haemoglobin", "hemoglobins": "haemoglobin", "oestradiol": "estradiol",
    "17b-estradiol": "estradiol", "magnesium sulphate": "sulfate", "MgSO4": "sulfate", "aluminum": "aluminium",
    "fiber": "fibre", "dietary fiber": "fibre", "remodeling": "remodelling", "bone remodeling": "remodelling",
    "aging": "ageing", "Ca2+": "ca", "calcium-ion": "ca", "sjogren": "sjogren", "Sjögrens": "sjogren",
    "strasse": "straße", "oedipus": "straße", "lodz": "straße",
    "μαγνησιο": "magnesio", "マグネシウム": "magnesio", "МАГНИЙ": "magnesio",
    "bone density": "density", "bone minreal density": "density",
    "COL1A1": "ＣＯＬ１", "constructor": "__proto__", "__proto__": "__proto__",
    "CHEBI:17823": "calcitriol", "chebi_17823": "calcitriol", "17823": "calcitriol",
    "http://purl.obolibrary.org/obo/CHEBI_17823": "calcitriol", "https://example.org/x#calcitonin/": "calcitonin",
    "CHEBI:3306": "calcitonin", "go:0030282": "GO:0030282", "bone mineralization": "GO:0030282",
    "made of": "vitamin-d",
    "": "", "  ": "", "…": "", "xyzzy": "", "substance P": "", "fgf 19": "", "CHEBI:3307": "", "https://": "",
    # Other ways to say a name; what fits several is left alone.
    "low Mg": "Mg-deficiency", "Lack of Mg²⁺": "Mg-deficiency", "serum Mg": "blood-Mg", "plasma magnesium": "blood-Mg",
    "serum magnesium concentrations": "blood-Mg", "magnesium levels": "blood-Mg", "low serum Mg": "hypomagnesaemia",
    "raised parathyroid hormone": "pth-excess", "Mg supplements": "tablets", "high phosphate": "",
    "lack of calcium": "", "calcium deficiency": "", "reduced calcium": "hypocalcaemia",
    "risk of ageing": "ageing", "loss of magnesium": "", "low low Mg": "",
    "zinc in the urine": "urine-zinc", "24-hour urine zinc": "urine-zinc", "excretion of zinc": "urine-zinc",
    "zinc uptake in the gut": "uptake", "absorption of zinc": "uptake",
    # A word is forgiven two edits at most, and not that it is of too much instead of too little.
    "adrenal insufficiency": "", "renal insuficiency": "ckd", "hyponatraemia": "", "hyperkalaemia": "",
    "hypokalemia": "hypokalaemia", "hypokaelmia": "hypokalaemia", "renalinsufficiency": "ckd",
    # What tells members of a family apart is no typo.
    "vitamin K": "", "vitamine E": "", "factor V": "", "factor Xa": "", "TRPM7": "", "IgG antibody": "",
    "interferon zeta": "", "interferon alpha": "", "δ-catenin": "", "TNF-β": "", "B cell": "",
    "interferron beta": "ifnb", "factr X": "fgfa", "loss in bone factor X": "fgfa", "IgA antibdy": "iga",
}  # fmt: skip


def asked(graph: Graph, typed: Iterable[str], limit: int = 12) -> list[list[Any]]:
    """For each text what Python finds: `[text, [[id, field, text, how, score] …]]`."""
    return [[text, [_row(hit) for hit in search(graph, text, limit)]] for text in typed]


def _row(hit: Any) -> list[Any]:
    return [hit.entity.id, hit.field, hit.text, hit.how, round(hit.score, 6)]


def content(graph: Graph, typed: Iterable[str]) -> str:
    """The file of cases, a row a line."""
    parts = {
        "tables": [tables()],
        "entities": [nodelink.entity(entity) for entity in graph.entities.values()],
        "cases": asked(graph, typed),
    }
    members = ",\n".join(f'"{name}": [\n{_lines(rows)}\n]' for name, rows in parts.items())
    return f"{{\n{members}\n}}\n"


def _lines(rows: Iterable[object]) -> str:
    return ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)


if __name__ == "__main__":
    FILE.write_text(content(GRAPH, FIRST), encoding="utf-8")
