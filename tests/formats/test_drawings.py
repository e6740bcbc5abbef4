"""Maps that are drawn: GPML, SBGN-ML and SBML's qualitative models."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats import gpml
from trabecula.graph import Graph
from trabecula.mapping import Report

DATA = Path(__file__).parents[1] / "data/formats"


def read(name: str) -> tuple[Graph, Report]:
    report = Report()
    return formats.load(DATA / name, report=report), report


def said(graph: Graph) -> set[tuple[str, str, str]]:
    return {
        (graph.name(s.subject), s.predicate, graph.name(s.object))
        for s in graph.statements.values()
    }


@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_lines_of_gpml_between_two_things_are_statements() -> None:
    graph, report = read("small.gpml")
    line = "calcidiol → calcitriol"
    assert said(graph) == {
        ("calcidiol", "mim-conversion", "calcitriol"),
        ("CYP27B1, FDX1", "mim-catalysis", line),
        ("calcidiol", "participant", line),
        ("calcitriol", "participant", line),
        ("FGF23", "mim-inhibition", "CYP27B1"),
        ("calcitriol", "Arrow", "FGF23"),
    }
    assert (report.signs["positive"], report.signs["negative"]) == (1, 1)
    assert graph.about.title == "A small pathway"
    assert {"CHEBI:17933", "CHEBI:17823", "NCBIGene:1594"} <= set(graph.entities)
    left = list(report.left.lines())
    assert any("tied at one end or none (1)" in line for line in left)
    assert any("Label (1)" in line for line in left)


@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_a_paper_of_a_line_is_evidence_of_that_line_only() -> None:
    graph, report = read("small.gpml")
    cited = {
        s.predicate: [r.source for r in s.evidence] for s in graph.statements.values() if s.evidence
    }
    assert cited == {"mim-conversion": ["PMID:7"]}
    assert report.papers == 1


@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_arcs_of_sbgn_have_the_signs_of_their_classes() -> None:
    graph, report = read("small.sbgn")
    assert said(graph) == {
        ("CaSR signalling", "negative_influence", "PTH secretion"),
        ("PTH secretion", "requires", "magnesium"),
        ("magnesium", "logic_arc", "not"),
        ("not", "positive_influence", "PTH secretion"),
    }
    assert (report.signs["positive"], report.signs["negative"], report.signs["unsigned"]) == (
        2,
        1,
        1,
    )
    assert report.nodes == 4
    assert list(report.left.lines()) == ["1 glyph was left out: compartment (1); first at line 3"]


def test_a_dual_influence_is_two_statements() -> None:
    graph, report = read("small.sbml")
    assert said(graph) == {
        ("calcium", "decreases", "PTH"),
        ("PTH", "increases", "calcium"),
        ("PTH", "decreases", "calcium"),
    }
    assert (report.evidence, report.papers) == (1, 1)


@pytest.mark.parametrize("name", ["small.gpml", "small.sbgn", "small.sbml"])
@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_what_was_read_is_kept_by_every_lossless_format(name: str, tmp_path: Path) -> None:
    graph, _ = read(name)
    for form in formats.FORMATS.values():
        if form.lossless and form.suffixes:
            target = tmp_path / f"again{form.suffixes[0]}"
            formats.write(graph, target)
            again = formats.load(target)
            assert (form.name, again) == (form.name, graph)
            assert again.about.predicates == graph.about.predicates


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><sbgn>&a;</sbgn>', "the entity 'a' is declared"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sbgn>&a;</sbgn>', "is declared"),
        ("<sbgn><map>", "no element found"),
        ("<sbgn>" + "<glyph>" * 300, "too many levels of nesting"),
    ],
)
def test_xml_that_unfolds_or_is_cut_is_refused_with_its_line(
    text: str, what: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.sbgn"
    path.write_text(text)
    with pytest.raises(FormatError, match=what) as error:
        formats.load(path)
    assert error.value.problems[0].where == f"{path}:1"


def test_an_arc_that_ends_nowhere_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.sbgn"
    path.write_text((DATA / "small.sbgn").read_text().replace('target="g2"', 'target="no"', 1))
    with pytest.raises(FormatError, match="an end of the arc is no glyph") as error:
        formats.load(path)
    assert error.value.problems[0].where == f"{path}:9"


def test_an_arc_on_which_others_end_is_a_process_of_its_ends(tmp_path: Path) -> None:
    glyphs = "".join(
        f'<glyph id="{name}" class="{kind}"><label text="{name}"/>{more}</glyph>'
        for name, kind, more in (
            ("A", "entity", '<glyph id="s" class="state variable"/>'),
            ("B", "entity", '<glyph id="u" class="unit of information"/>'),
            ("P", "variable value", ""),
            ("heat", "perturbing agent", ""),
        )
    )
    arcs = (
        '<arc id="1" class="interaction" source="A" target="B"><port id="p"/></arc>'
        '<arc id="2" class="absolute inhibition" source="heat" target="p"/>'
        '<arc id="3" class="assignment" source="P" target="s"/>'
    )
    path = tmp_path / "er.sbgn"
    path.write_text(f'<sbgn xmlns="http://sbgn.org/libsbgn/0.3"><map>{glyphs}{arcs}</map></sbgn>')
    report = Report()
    graph = formats.load(path, report=report)
    name = {key: entity.name for key, entity in graph.entities.items()}
    assert {(name[s.subject], s.predicate, name[s.object]) for s in graph.statements.values()} == {
        ("A", "interaction", "B"),
        ("A", "participant", "interaction"),
        ("B", "participant", "interaction"),
        ("heat", "absolute_inhibition", "interaction"),
        ("P", "assignment", "A"),
    }
    assert dict(report.signs) == {"unsigned": 4, "negative": 1}


def test_identifiers_of_gpml_2021_have_the_prefixes_of_the_bioregistry(tmp_path: Path) -> None:
    boxes = "".join(
        f'<DataNode elementId="n{n}" textLabel="{n}"><Xref identifier="{i}" dataSource="{d}"/></DataNode>'
        for n, (d, i) in enumerate(
            [("hgnc.symbol", "IL2"), ("pfam", "PF00993"), ("uniprot", "P42081"), ("my lab", "7")]
        )
    )
    path = tmp_path / "a.gpml"
    path.write_text(
        f'<Pathway xmlns="http://pathvisio.org/GPML/2021" title="T"><DataNodes>{boxes}</DataNodes>'
        '<Interactions><Interaction><Waypoints><Point elementRef="n0"/>'
        '<Point elementRef="n3" arrowHead="Inhibition"/></Waypoints></Interaction></Interactions>'
        "</Pathway>",
        "utf-8",
    )
    graph = formats.load(path)
    assert {"hgnc.symbol:IL2", "pfam:PF00993", "UniProtKB:P42081"} <= set(graph.entities)
    assert graph.name(next(iter(graph.statements.values())).object) == "3"


def test_bridgedbs_hgnc_is_a_symbol(tmp_path: Path) -> None:
    boxes = "".join(
        f'<DataNode GraphId="{d}" TextLabel="IL2"><Xref Database="{d}" ID="{i}"/></DataNode>'
        for d, i in (("HGNC", "IL2"), ("HGNC Accession number", "HGNC:6001"))
    )
    path = tmp_path / "a.gpml"
    path.write_text(
        f'<Pathway xmlns="http://pathvisio.org/GPML/2013a" Name="T">{boxes}</Pathway>', "utf-8"
    )
    assert set(formats.load(path).entities) == {"hgnc.symbol:IL2", "HGNC:6001"}


#: What the schema of GPML 2013a asks for: children of an element in their order, and attributes.
_SCHEMA_OF_GPML = {
    "Pathway": ("Attribute Graphics DataNode Interaction InfoBox Biopax", "Name"),
    "DataNode": ("BiopaxRef Attribute Graphics Xref", "TextLabel"),
    "Interaction": ("BiopaxRef Attribute Graphics Xref", ""),
    "Graphics": ("Point", ""),
    "Point": ("", "X Y"),
    "Xref": ("", "Database ID"),
    "Attribute": ("", "Key Value"),
    "InfoBox": ("", "CenterX CenterY"),
    "BiopaxRef": ("", ""),
    "Biopax": ("PublicationXref", ""),
    "PublicationXref": ("ID DB TITLE SOURCE YEAR AUTHORS", ""),
}


def test_gpml_stands_in_the_order_and_has_the_attributes_of_its_schema(shipped: Graph) -> None:
    root = ElementTree.fromstring(gpml.render(shipped, "2013a"))  # noqa: S314 (our own)
    ids = {e.get("GraphId") for e in root.iter() if e.get("GraphId")}
    named = {None, *ids}
    for element in root.iter():
        name = element.tag.partition("}")[2]
        if name not in _SCHEMA_OF_GPML:
            assert element.tag.startswith("{http://www.biopax.org/")
            continue
        order, needed = (words.split() for words in _SCHEMA_OF_GPML[name])
        places = [order.index(child.tag.partition("}")[2]) for child in element]
        assert places == sorted(places)
        assert all(word in element.attrib for word in needed)
        assert element.get("GraphRef") in named
        if name in ("DataNode", "Interaction"):
            assert [child.tag.partition("}")[2] for child in element][-2:] == ["Graphics", "Xref"]
        if name == "DataNode":
            graphics = next(child for child in element if child.tag.endswith("Graphics"))
            assert {"CenterX", "CenterY", "Width", "Height"} <= set(graphics.attrib)
    assert len(ids) == len([e for e in root.iter() if e.get("GraphId")])


#: The same of the schema of GPML 2021.
_SCHEMA_OF_2021 = {
    "Pathway": ("Graphics InfoBox DataNodes Interactions Citations", "title"),
    "DataNodes": ("DataNode", ""),
    "DataNode": ("Xref Graphics Property", "elementId textLabel"),
    "Interactions": ("Interaction", ""),
    "Interaction": ("Xref Waypoints Graphics Property CitationRef", "elementId"),
    "Waypoints": ("Point", ""),
    "Point": ("", "elementId x y"),
    "Graphics": ("", ""),
    "Citations": ("Citation", ""),
    "Citation": ("Xref", "elementId"),
    "CitationRef": ("", "elementRef"),
    "Xref": ("", "identifier dataSource"),
    "Property": ("", "key value"),
    "InfoBox": ("", "centerX centerY"),
}


def test_gpml_2021_stands_in_the_order_and_has_the_attributes_of_its_schema(shipped: Graph) -> None:
    root = ElementTree.fromstring(gpml.render(shipped, "2021"))  # noqa: S314 (our own)
    space, ids = "{http://pathvisio.org/GPML/2021}", [e.get("elementId") for e in root.iter()]
    ids = [identifier for identifier in ids if identifier]
    assert len(ids) == len(set(ids))
    named = {None, *ids}
    for element in root.iter():
        order, needed = (w.split() for w in _SCHEMA_OF_2021[element.tag.removeprefix(space)])
        names = [child.tag.removeprefix(space) for child in element]
        assert [order.index(name) for name in names] == sorted(order.index(name) for name in names)
        assert set(needed) <= set(element.attrib)
        assert element.get("elementRef") in named
        if element.tag in (f"{space}DataNode", f"{space}Interaction"):
            assert {"Xref", "Graphics"} <= set(names)
        if element.tag == f"{space}DataNode":
            assert set(element.find(f"{space}Graphics").attrib) == {  # type: ignore[union-attr]
                "centerX", "centerY", "width", "height",
            }  # fmt: skip


@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_both_versions_of_gpml_say_the_same(shipped: Graph, tmp_path: Path) -> None:
    read = []
    for name in ("x.gpml", "x.2021.gpml"):
        formats.write(shipped, tmp_path / name)
        read.append(formats.load(tmp_path / name))
    assert "GPML/2021" in (tmp_path / "x.2021.gpml").read_text("utf-8")
    assert read[0].statements == read[1].statements
    assert read[0].entities == read[1].entities


@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_an_alias_and_a_state_of_gpml_2021_are_what_they_stand_for(tmp_path: Path) -> None:
    path = tmp_path / "a.gpml"
    path.write_text(
        '<Pathway xmlns="http://pathvisio.org/GPML/2021" title="T"><DataNodes>'
        '<DataNode elementId="a" textLabel="A" groupRef="g"/>'
        '<DataNode elementId="b" textLabel="the group" type="Alias" elementRef="g"/>'
        '<DataNode elementId="x" textLabel="X" type="Alias" elementRef="gone"/>'
        '<DataNode elementId="c" textLabel="C"><States><State elementId="s" textLabel="P"/></States>'
        "</DataNode></DataNodes><Interactions><Interaction><Waypoints>"
        '<Point elementRef="b"/><Point elementRef="s" arrowHead="Stimulation"/>'
        "</Waypoints></Interaction></Interactions>"
        '<GraphicalLines><GraphicalLine elementId="d"/></GraphicalLines>'
        '<Groups><Group elementId="g" textLabel="AB" type="Complex"/></Groups></Pathway>',
        "utf-8",
    )
    report = Report()
    graph = formats.load(path, report=report)
    assert said(graph) == {("AB", "stimulation", "C")}
    assert sorted(e.name for e in graph.entities.values()) == ["A", "AB", "C"]
    assert any("that stands for nothing (1)" in line for line in report.left.lines())
    assert any("GraphicalLine (1)" in line for line in report.left.lines())


def _sbml(tmp_path: Path, reactions: str) -> tuple[Graph, Report]:
    """What is read of a model with four species and these reactions."""
    species = "".join(
        f'<species id="{key}" name="{name}" compartment="c"/>'
        for key, name in (("A", "calcidiol"), ("B", "calcitriol"), ("E", "CYP27B1"), ("I", "FGF23"))
    )
    path = tmp_path / "model.xml"
    path.write_text(
        '<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1">'
        f'<model id="m" name="A model"><listOfSpecies>{species}</listOfSpecies>'
        f"<listOfReactions>{reactions}</listOfReactions></model></sbml>"
    )
    report = Report()
    return formats.load(path, left=report.left, report=report), report


#: A reaction of two species, with what comes before and after them.
_REACTION = (
    '<reaction id="r1" name="hydroxylation" metaid="r1">{}<listOfReactants>'
    '<speciesReference species="A"/></listOfReactants><listOfProducts>'
    '<speciesReference species="B"/></listOfProducts>{}</reaction>'
)
_CITED = (
    '<annotation><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:b="http://biomodels.net/biology-qualifiers/"><rdf:Description rdf:about="#r1">'
    '<b:isDescribedBy><rdf:Bag><rdf:li rdf:resource="https://identifiers.org/pubmed/111"/>'
    "</rdf:Bag></b:isDescribedBy></rdf:Description></rdf:RDF></annotation>"
)


def test_reactions_of_sbml_are_processes_and_modifiers_have_the_sign_of_their_term(
    tmp_path: Path,
) -> None:
    modifiers = "".join(
        f'<modifierSpeciesReference species="{key}"{term}/>'
        for key, term in (
            ("E", ' sboTerm="SBO:0000460"'),
            ("I", ' sboTerm="SBO:0000020"'),
            ("B", ' sboTerm="SBO:0000595"'),
            ("A", ""),
        )
    )
    law = "<kineticLaw/>"
    graph, report = _sbml(
        tmp_path, _REACTION.format(_CITED, f"<listOfModifiers>{modifiers}</listOfModifiers>{law}")
    )
    assert said(graph) == {
        ("calcidiol", "consumption", "hydroxylation"),
        ("hydroxylation", "production", "calcitriol"),
        ("CYP27B1", "catalysis", "hydroxylation"),
        ("FGF23", "inhibition", "hydroxylation"),
        ("calcitriol", "stimulation", "hydroxylation"),
        ("calcitriol", "inhibition", "hydroxylation"),
        ("calcidiol", "modulation", "hydroxylation"),
    }
    assert report.signs == {"positive": 2, "negative": 2, "unsigned": 3}
    assert (report.evidence, report.papers, graph.about.title) == (7, 1, "A model")
    assert list(report.left.lines()) == [
        "1 part of a reaction was left out: kineticLaw (1); first at line 1"
    ]


def test_what_celldesigner_draws_as_an_influence_is_one_and_what_acts_on_it_is_told_apart(
    tmp_path: Path,
) -> None:
    drawn = (
        '<annotation><extension xmlns="http://www.sbml.org/2001/ns/celldesigner">'
        "<reactionType>NEGATIVE_INFLUENCE</reactionType><listOfModification>"
        '<modification type="PHYSICAL_STIMULATION" modifiers="E,I"/></listOfModification>'
        "<listOfIncludedSpecies><species id='x'/></listOfIncludedSpecies></extension></annotation>"
    )
    graph, report = _sbml(tmp_path, _REACTION.format(drawn, ""))
    assert said(graph) == {("calcidiol", "negative_influence", "calcitriol")}
    assert (report.nodes, report.signs["negative"]) == (4, 1)
    modifiers = "".join(f'<modifierSpeciesReference species="{key}"/>' for key in "EI")
    graph, report = _sbml(
        tmp_path, _REACTION.format(drawn, f"<listOfModifiers>{modifiers}</listOfModifiers>")
    )
    assert said(graph) == {
        ("calcidiol", "negative_influence", "calcitriol"),
        ("calcidiol", "participant", "hydroxylation"),
        ("calcitriol", "participant", "hydroxylation"),
        ("CYP27B1", "stimulation", "hydroxylation"),
        ("FGF23", "stimulation", "hydroxylation"),
    }


def test_a_modifier_of_celldesigner_acts_as_it_is_drawn_within_a_complex_and_twice(
    tmp_path: Path,
) -> None:
    """The species of what is drawn in a complex is that complex; its place tells it apart."""
    space = 'xmlns="http://www.sbml.org/2001/ns/celldesigner"'
    drawn = (
        f"<annotation><extension {space}><reactionType>STATE_TRANSITION</reactionType>"
        '<listOfModification><modification type="INHIBITION" modifiers="x" aliases="sa1"/>'
        '<modification type="CATALYSIS" modifiers="E" aliases="sa2"/>'
        '<modification type="INHIBITION" modifiers="E" aliases="sa3"/></listOfModification>'
        "</extension></annotation>"
    )
    modifiers = "".join(
        f'<modifierSpeciesReference species="{key}"><annotation><extension {space}>'
        f"<alias>{alias}</alias></extension></annotation></modifierSpeciesReference>"
        for key, alias in (("I", "sa1"), ("E", "sa2"), ("E", "sa3"))
    )
    graph, _ = _sbml(
        tmp_path, _REACTION.format(drawn, f"<listOfModifiers>{modifiers}</listOfModifiers>")
    )
    assert said(graph) >= {
        ("FGF23", "inhibition", "hydroxylation"),
        ("CYP27B1", "catalysis", "hydroxylation"),
        ("CYP27B1", "inhibition", "hydroxylation"),
    }


def test_a_reaction_of_what_is_no_species_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"model\.xml:1: 'Z' is no species"):
        _sbml(tmp_path, _REACTION.replace('species="A"', 'species="Z"').format("", ""))


MARKED = """<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"
  xmlns:qual="http://www.sbml.org/sbml/level3/version1/qual/version1"><model>
<qual:listOfQualitativeSpecies>
<qual:qualitativeSpecies qual:id="A"><annotation><rdf:RDF
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:b="http://biomodels.net/biology-qualifiers/">
  <rdf:Description><b:unknownQualifier><rdf:Bag>
  <rdf:li rdf:resource="urn:miriam:pubmed:1"/><rdf:li rdf:resource="urn:miriam:pubmed:2"/>
  </rdf:Bag></b:unknownQualifier></rdf:Description></rdf:RDF></annotation></qual:qualitativeSpecies>
</qual:listOfQualitativeSpecies>
<qual:listOfTransitions><qual:transition><qual:listOfInputs>
<qual:input qual:qualitativeSpecies="A" qual:sign="negative"/></qual:listOfInputs>
<qual:listOfOutputs><qual:output qual:qualitativeSpecies="A"/></qual:listOfOutputs>
<qual:listOfFunctionTerms><qual:functionTerm qual:resultLevel="1"/></qual:listOfFunctionTerms>
</qual:transition></qual:listOfTransitions></model></sbml>"""


@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_what_is_annotated_and_computed_in_a_model_is_counted(tmp_path: Path) -> None:
    """As GINsim names papers of species, which are of no statement."""
    path = tmp_path / "model.sbml"
    path.write_text(MARKED)
    report = Report()
    formats.load(path, report=report)
    assert list(report.left.lines()) == [
        "1 annotation of a species was left out: unknownQualifier (2); first at line 4",
        "1 part of a transition was left out: functionTerm (1); first at line 13",
    ]


GROUPED = """<Pathway xmlns="http://pathvisio.org/GPML/2021" title="T"><DataNodes>
<DataNode elementId="a" textLabel="A" type="Protein" groupRef="g"/>
<DataNode elementId="b" textLabel="B" type="Protein"/>
<DataNode elementId="c" textLabel="the same group" type="Alias" aliasRef="g"/></DataNodes>
<Interactions><Interaction elementId="i"><Waypoints><Point elementRef="c"/>
<Point elementRef="b" arrowHead="Inhibition"/></Waypoints><CitationRef elementRef="w"/>
</Interaction></Interactions><Groups><Group elementId="g" type="Complex" textLabel="G"/></Groups>
<Citations><Citation elementId="w"><Url link="https://example.org/w"/></Citation></Citations>
</Pathway>"""


@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_a_box_of_gpml_that_stands_for_a_group_is_the_group_and_its_members_are_counted(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.gpml"
    path.write_text(GROUPED)
    report = Report()
    graph = formats.load(path, report=report)
    (statement,) = graph.statements.values()
    assert (graph.name(statement.subject), graph.name(statement.object)) == ("G", "B")
    assert [row.source for row in statement.evidence] == ["https://example.org/w"]
    assert list(report.left.lines()) == [
        "1 membership was left out: of a box in a group (1); first at line 7"
    ]
