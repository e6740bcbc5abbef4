"""What the page makes of its RDF, letters and columns is what Python made them of, byte for byte."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

from trabecula.formats import rdf
from trabecula.graph import Graph
from trabecula.model import About, Entity, Evidence, Review, Source, Statement, Xref
from trabecula.page import folding, letters, payload

ROOT = Path(__file__).parents[2]

#: Asked by a module that reads what it is to restore and prints what it made of it.
SCRIPT = """
import { readFileSync } from "node:fs";
import { bytesOf } from "../src/app/letters.js";
import { graph } from "../src/records.js";
import { texts, unfolded } from "../src/sparql/told.js";
const asked = JSON.parse(readFileSync(process.argv[2], "utf8"));
const answer = asked.map(({ data, text, letters }) => {
  const told = texts(graph(data));
  return { told, rdf: unfolded(text, told), bytes: [...bytesOf(letters)] };
});
process.stdout.write(JSON.stringify(answer));
"""


def restored(asked: list[dict[str, Any]], tmp_path: Path) -> list[dict[str, Any]]:
    """What the page makes of the data, text and letters of some pages."""
    given = tmp_path / "asked.json"
    given.write_text(json.dumps(asked), encoding="utf-8")
    done = subprocess.run(
        [ROOT / "scripts/node", "--input-type=module", "-", given],
        input=SCRIPT,
        cwd=ROOT / "frontend/test",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ,
    )
    assert done.returncode == 0, done.stderr
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer


def told(graph: Graph, text: str) -> dict[str, Any]:
    """The data of a page of a graph, and its RDF folded."""
    statements = graph.statements.values()
    ends = {end for statement in statements for end in (statement.subject, statement.object)}
    bare = [Entity(id=end, name=end, category="") for end in sorted(ends - set(graph.entities))]
    entities = [payload.entity(entity) for entity in (*graph.entities.values(), *bare)]
    rows = [payload.statement(graph, statement, 1000) for statement in statements]
    data = payload.data(graph, graph, entities, rows, title="")
    return {"data": data, "text": folding.folded(text, folding.texts(data))}


#: Marks that the form has, names that say one another, ids that need escapes, ids that look like ours.
ODD = Graph(
    [
        About(title="a \x1c b \x1d c \x1e", focus=("a",)),
        Entity(id="a", name="a name \x1a3; \x1a with \x1c marks", category="cell"),
        Entity(id="b", name='said "so" \\ and so', category="cell", synonyms=("said twice", "ü" * 9)),
        Entity(id="c", name="said twice", category="cell", description="s" + "0" * 32),
        Entity(id="d", name="e" + "0" * 32, category="cell", xrefs=(Xref("exact", "CL:0000001", "said twice"),)),
        Entity(id="doi:10.1/(a)!*'", name="line\nends\r\n  here ;", category="cell"),
        Source(id="doi:10.1000/a(b)~c!*'", title="said twice", url="https://example.org/e" + "0" * 32),
        Source(id="PMID:12345678", title="A title", authors=("Roe R", "Doe J"), note="said twice"),
        Statement(
            subject="a", predicate="requires", object="b", topic="said twice",
            evidence=(
                Evidence(source="PMID:12345678", strength="direct", summary="said twice"),
                Evidence(source="doi:10.1000/a(b)~c!*'", strength="review", summary="it did; and then ."),
                Evidence(source="nobody-knows-it", strength="direct"),
            ),
            reviews=(Review("2026-11-30", "against-source", "second-reader", "12345678"),),
        ),
    ]
)  # fmt: skip


def many(dice: random.Random) -> Graph:
    """A graph of so many statements that their lines are columns, with names that are alike."""
    names = [dice.choice("abcdefgh") * dice.randint(1, 12) for _ in range(40)]
    entities = [
        Entity(id=f"n{n}", name=name, category=dice.choice(("cell", "protein")), synonyms=(name,))
        for n, name in enumerate(names)
    ]
    sources = [
        Source(id=dice.choice(("PMID:{}", "doi:10.1/{}", "s{}")).format(n)) for n in range(9)
    ]
    made = (
        Statement(
            subject=f"n{dice.randrange(45)}",  # of which some are not described
            predicate=dice.choice(("increases", "biolink:affects", "part_of")),
            object=f"n{dice.randrange(45)}",
            evidence=tuple(
                Evidence(
                    source=dice.choice(sources).id, strength="direct", summary=dice.choice(names)
                )
                for _ in range(dice.randrange(3))
            ),
        )
        for _ in range(120)
    )
    return Graph([*entities, *sources, *made])


def test_the_page_restores_its_rdf_byte_for_byte(
    tiny: Graph, covering: Graph, tmp_path: Path
) -> None:
    dice = random.Random(3)  # noqa: S311 (nothing secret)
    graphs = [tiny, ODD, Graph(), covering, *(many(dice) for _ in range(20))]
    texts = [rdf.render(graph, "trig").decode("utf-8") for graph in graphs]
    asked = [
        {**told(graph, text), "letters": ""} for graph, text in zip(graphs, texts, strict=True)
    ]
    for text, page, answer in zip(texts, asked, restored(asked, tmp_path), strict=True):
        assert answer["told"] == list(folding.texts(page["data"]))
        assert answer["rdf"] == text
    assert all("!" in page["text"].partition("\x1c")[0] for page in asked)
    assert max(len(set(page["text"].partition("\x1c")[0])) for page in asked) > 50  # columns


def test_the_page_reads_letters_as_python_does(tmp_path: Path) -> None:
    dice = random.Random(4)  # noqa: S311 (nothing secret)
    written = [dice.randbytes(count) for count in (*range(60), 5000)]
    empty = {"data": told(Graph(), "")["data"], "text": folding.folded("", ())}
    asked = [{**empty, "letters": letters.written(some)} for some in written]
    assert [bytes(answer["bytes"]) for answer in restored(asked, tmp_path)] == written


def test_rdf_of_a_graph_holds_none_of_the_marks_of_the_form() -> None:
    marks = {chr(code) for code in range(0x1A, 0x1F)}
    assert not marks & set(rdf.render(ODD, "trig").decode("utf-8"))
