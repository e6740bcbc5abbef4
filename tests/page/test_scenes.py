"""What people write becomes an address of the page, or an error that says what to write."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from trabecula.errors import NotFound, SelectionError
from trabecula.graph import Graph
from trabecula.page import scenes


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", "scene=core"),
        ("core", "scene=core"),
        ("calcitriol", "scene=near&of=calcitriol"),
        ("Mg", "scene=near&of=magnesium"),
        ("#scene=near&of=Mg&steps=2", "scene=near&of=magnesium&steps=2"),
        ("scene=whatif&down=Mg&fixed=PTH&follow=supported", "scene=whatif&down=magnesium&fixed=parathyroid-hormone&follow=supported"),
        ("view=table&scene=all&hide-status=refuted&min=2&trust=measured%2Chuman", "view=table&scene=all&hide-status=refuted&min=2&trust=measured%2Chuman"),
        ("entity=PTH&without=pmid:9709941", "entity=parathyroid-hormone&without=PMID%3A9709941"),
    ],
)  # fmt: skip
def test_an_address_has_entities_by_id(shipped: Graph, text: str, made: str) -> None:
    assert scenes.address(shipped, text) == made


def test_a_selection_becomes_the_statements_that_it_names(shipped: Graph) -> None:
    made = parse_qsl(scenes.address(shipped, "near(magnesium, 1) & status(contested)"))
    wanted = list(shipped.select("near(magnesium, 1) & status(contested)").statements)
    assert made == [("scene", "chosen"), *(("with", key) for key in wanted)]


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("scene=nar&of=Mg", SelectionError, "did you mean near?"),
        ("scen=near", SelectionError, "did you mean scene?"),
        ("scene=near&of=magnesum", NotFound, "did you mean magnesium"),
        ("scene=near&of=Mg&steps=9", SelectionError, "no number from 0 to 4"),
        ("scene=loops&id=l0", NotFound, "no loop 'l0'"),
        ("scene=conflicts&id=c0", NotFound, "no conflict 'c0'"),
        ("statement=s0123456789abcdef0123456789abcdef", NotFound, "no statement has the id"),
        ("without=PMID:1", NotFound, "no source is called 'PMID:1'"),
        ("trust=odd", SelectionError, "kind of evidence"),
        ("scene=near&of", SelectionError, "is no address"),
        ("scene=all&loose=no", SelectionError, "choice"),
        ("near(magnesum, 1)", NotFound, "did you mean magnesium"),
        ("near(magnesium", SelectionError, ""),
        ("source(PMID:9709941) & topic(calcitonin)", SelectionError, "holds no statement"),
    ],
)
def test_what_cannot_be_shown_is_an_error(
    shipped: Graph, text: str, error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as raised:
        scenes.address(shipped, text)
    assert message in str(raised.value)


def test_all_of_the_shipped_graph_fits_into_an_address(shipped: Graph) -> None:
    assert len(scenes.address(shipped, "all()")) < scenes.LONGEST
