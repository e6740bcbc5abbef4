"""Citations are exact, escaped and in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from trabecula import cite
from trabecula.graph import Graph
from trabecula.model import Source

DIMAI = Source(
    id="PMID:9709941",
    title="Daily oral magnesium supplementation suppresses bone turnover in young adult males",
    year="1998",
    authors=("Dimai HP", "Porta S", "et al"),
    journal="J Clin Endocrinol Metab 83(8):2742-8",
    abstract_read=True,
    xrefs=("doi:10.1210/jcem.83.8.5015",),
)
PAGE = Source(id="ref-075", title="100 % of A & B", url="http://example.org/x_y", kind="paper")


def test_a_paper_is_cited_with_its_identifiers() -> None:
    assert cite.bibtex([DIMAI]) == (
        "@article{Dimai1998,\n"
        "  title = {{Daily oral magnesium supplementation suppresses bone turnover in young adult"
        " males}},\n"
        "  author = {Dimai, H. P. and Porta, S. and others},\n"
        "  year = {1998},\n"
        "  journal = {J Clin Endocrinol Metab 83(8):2742-8},\n"
        "  doi = {10.1210/jcem.83.8.5015},\n"
        "  pmid = {9709941},\n"
        "  url = {https://pubmed.ncbi.nlm.nih.gov/9709941/}\n"
        "}\n"
    )


def test_what_latex_would_read_as_a_command_is_escaped() -> None:
    entry = cite.bibtex([PAGE])
    assert r"title = {{100 \% of A \& B}}" in entry
    assert "note = {abstract not read; title only}" in entry


def test_keys_are_unique() -> None:
    entries = cite.bibtex([DIMAI, Source(id="PMID:2", authors=("Dimai X",), year="1998")])
    assert [line for line in entries.splitlines() if line.startswith("@")] == [
        "@misc{Dimai1998,",
        "@article{Dimai1998a,",
    ]


def test_text_names_authors_year_title_and_where_to_find_it() -> None:
    assert cite.text([PAGE, DIMAI]) == (
        "Dimai HP, Porta S, et al (1998). Daily oral magnesium supplementation suppresses bone"
        " turnover in young adult males. J Clin Endocrinol Metab 83(8):2742-8."
        " PMID:9709941 <https://pubmed.ncbi.nlm.nih.gov/9709941/>\n"
        "(no date). 100 % of A & B. <http://example.org/x_y>\n"
    )


def test_a_source_whose_author_has_no_latin_letters_has_the_key_of_its_id() -> None:
    nobody = [
        Source(id="PMID:1", authors=("",)),
        Source(id="PMID:2", authors=("\u738b\u4f1f",), year="n. d."),
    ]
    assert [line for line in cite.bibtex(nobody).splitlines() if line.startswith("@")] == [
        "@misc{PMID1,",
        "@misc{PMID2nd,",
    ]


def test_keys_stay_letters_and_digits_after_the_last_letter() -> None:
    many = [Source(id=f"ref-{n:03}", authors=("Rude RK",), year="2009") for n in range(29)]
    entries = [line for line in cite.bibtex(many).splitlines() if line.startswith("@")]
    assert entries[0] == "@misc{Rude2009,"
    assert entries[26:] == ["@misc{Rude2009z,", "@misc{Rude20092,", "@misc{Rude20093,"]


# --- What a reader of BibTeX makes of it ----------------------------------------------------


def entries(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The entries of a file by key, read as BibTeX reads them: braces count, whatever is before them."""
    at = 0
    while at < len(text):
        start = re.compile(r"\s*@[a-z]+\{([^,\s{}]+),").match(text, at)
        assert start, text[at : at + 80]
        fields, at = {}, start.end()
        while field := re.compile(r"\s*([a-z]+) = (?=\{)").match(text, at):
            end, depth = field.end(), 0
            while not (depth == 0 and end > field.end()):
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            fields[field[1]] = text[field.end() + 1 : end - 1]
            at = end + (text[end] == ",")
        closed = re.compile(r"\s*\}\s*").match(text, at)
        assert closed, text[at : at + 80]
        yield start[1], fields
        at = closed.end()


def persons(field: str) -> list[tuple[str, ...]]:
    """The authors in a field: von and last, Jr, first; one part for a body or a single name."""
    names, depth, start = [], 0, 0
    for place, mark in enumerate(field):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth == 0 and field.startswith(" and ", place):
            names.append(field[start:place])
            start = place + len(" and ")
    return [tuple(name.split(", ")) for name in (*names, field[start:])]


def cited(*authors: str) -> list[tuple[str, ...]]:
    ((_, fields),) = entries(cite.bibtex([Source(id="PMID:1", authors=authors)]))
    return persons(fields["author"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rude RK", ("Rude", "R. K.")),
        ("Rude R.K.", ("Rude", "R. K.")),
        ("Rude R K", ("Rude", "R. K.")),
        ("Luiken JJFP", ("Luiken", "J. J. F. P.")),
        ("Sartre J-P", ("Sartre", "J.-P.")),
        ("Ivanov YuA", ("Ivanov", "Yu. A.")),
        ("Müller-Lyer F", ("Müller-Lyer", "F.")),
        ("O'Brien K", ("O'Brien", "K.")),
        ("Li X", ("Li", "X.")),
        ("Service FJ", ("Service", "F. J.")),
        ("van der Meer W", ("van der Meer", "W.")),
        ("W. van der Meer", ("van der Meer", "W.")),
        ("de Baaij JHF", ("de Baaij", "J. H. F.")),
        # BibTeX would take "Diaz de" for particles.
        ("Diaz de Barboza G", ("{Diaz de Barboza}", "G.")),
        ("Smith J Jr", ("Smith", "Jr", "J.")),
        ("Smith JA 2nd", ("Smith", "2nd", "J. A.")),
        ("Smith JA, Jr.", ("Smith", "Jr.", "J. A.")),
        ("King, Jr, Martin Luther", ("King", "Jr", "Martin Luther")),
        ("King, Martin Luther, Jr", ("King", "Jr", "Martin Luther")),
        ("Martin Luther King Jr", ("King", "Jr", "Martin Luther")),
        ("Rude, Robert K.", ("Rude", "Robert K.")),
        ("Santa Ana, C A", ("Santa Ana", "C. A.")),
        ("Rude, RK", ("Rude", "R. K.")),
        ("Robert K. Rude", ("Rude", "Robert K.")),
        ("John Smith", ("Smith", "John")),
        ("Maria de la Cruz", ("de la Cruz", "Maria")),
        ("Kim", ("Kim",)),
        ("王伟", ("王伟",)),
        ("World Health Organization", ("{World Health Organization}",)),
        ("MSD Manual", ("{MSD Manual}",)),
        ("Gene Ontology", ("{Gene Ontology}",)),
        ("{World Health Organization}", ("{World Health Organization}",)),
        ("WHO", ("{WHO}",)),
        ("USDA ARS", ("{USDA ARS}",)),
        ("MESA Study Group", ("{MESA Study Group}",)),
        ("Health Canada", ("{Health Canada}",)),
        ("MgHealth.org", ("{MgHealth.org}",)),
        ("Institute of Medicine, USA", ("{Institute of Medicine, USA}",)),
        ("Food and Nutrition Board", ("{Food and Nutrition Board}",)),
    ],
)
def test_the_family_name_of_an_author_is_told_from_the_rest(
    written: str, read: tuple[str, ...]
) -> None:
    assert cited(written) == ([read] if "," not in read[0] else [tuple(read[0].split(", "))])
    assert cited("Roe R", written, "et al")[-1] == ("others",)


@pytest.mark.parametrize(
    "authors",
    [
        ("Rude RK", "Gruber HE", "et al"),
        ("Rude RK and Gruber HE and others",),
        ("Rude RK; Gruber HE; et al.",),
        ("Rude RK, Gruber HE, et al.",),
        ("Rude, R. K. and Gruber, H. E.", "others"),
        ("et al", "Rude RK", "Gruber HE"),
        ("Rude RK", "Gruber HE et al."),
    ],
)
def test_several_authors_in_one_text_are_several(authors: tuple[str, ...]) -> None:
    assert cited(*authors) == [("Rude", "R. K."), ("Gruber", "H. E."), ("others",)]


def test_no_author_of_the_shipped_sources_has_initials_for_a_family_name(shipped: Graph) -> None:
    listed = list(entries(cite.bibtex(shipped.sources.values())))
    people = [
        person for _, fields in listed if "author" in fields for person in persons(fields["author"])
    ]
    assert len(listed) == len(shipped.sources)
    assert len(people) > 140
    assert [person for person in people if re.fullmatch(r"[A-Z-]{1,4}", person[0])] == []


EVIL = r"} \input{/etc/passwd}, note = {x} % & $ # _ ~ ^ < > | ` @misc{y, z = {" + "\x1b[2J\n\u202e"


def test_no_field_can_leave_its_braces_or_give_a_command() -> None:
    every = Source(
        id=f"doi:10.1/{EVIL}", title=EVIL, year=EVIL, authors=(EVIL, f"{EVIL} RK", f"{EVIL}, A."),
        journal=EVIL, url=f"https://x/{EVIL}", xrefs=(f"PMID:{EVIL}", f"isbn:{EVIL}"),
        standing=EVIL, note=EVIL, abstract_read=True,
    )  # fmt: skip
    other = Source(id=EVIL, url=f"https://x/{EVIL}")
    text = cite.bibtex([every, other])
    entry_fields = dict(entries(text))
    assert len(entry_fields) == 2
    for key, fields in entry_fields.items():
        assert re.fullmatch(r"[A-Za-z0-9-]+", key)
        assert set(fields) <= {
            "title", "author", "year", "journal", "doi", "pmid", "isbn", "url", "note",
        }  # fmt: skip
        for name, value in fields.items():
            plain = re.sub(r"\\(?:text[a-z]+\{\}|[%&$#_])", "", value)
            harmless = r"[^\\%&$#~^<>|`]*" if name not in ("doi", "url") else r"[^\\{}^<>|`\s]*"
            assert re.fullmatch(harmless, plain), (name, value)
    assert text.replace("\n", "").isprintable()


def test_letters_beyond_ascii_are_kept() -> None:
    source = Source(id="PMID:1", title="25(OH)D in Ångström: α–β", authors=("Åström E",))
    assert "25(OH)D in Ångström: α–β" in cite.bibtex([source])
    assert "author = {Åström, E.}" in cite.bibtex([source])


def test_keys_that_differ_in_case_only_are_told_apart() -> None:
    keys = [key for key, _ in entries(cite.bibtex([
        Source(id="PMID:1", authors=("Smith A",)), Source(id="PMID:2", authors=("SMITH B",)),
        Source(id="PMID:3", authors=("van der Meer W",)), Source(id="PMID:4", authors=("World Health Organization",)),
    ]))]  # fmt: skip
    assert keys == ["Smith", "SMITHa", "vanderMeer", "World"]


def test_the_graph_itself_is_by_a_body(shipped: Graph) -> None:
    ((key, fields),) = entries(cite.graph_bibtex(shipped.about))
    assert (key, persons(fields["author"])) == ("trabecula", [("{The trabecula authors}",)])


def test_a_page_and_a_chapter_are_no_articles() -> None:
    page = Source(
        id="a",
        title="Osteoblast",
        journal="Wikipedia",
        study_type="encyclopedia",
        url="http://x.org",
    )
    chapter = Source(id="b", title="Osteomalacia", journal="StatPearls", study_type="book")
    assert re.findall(r"@\w+|booktitle|howpublished|journal", cite.bibtex([page, chapter])) == [
        "@misc", "howpublished", "@incollection", "booktitle",
    ]  # fmt: skip
    assert [item["type"] for item in cite.csl([page, chapter])] == ["webpage", "chapter"]
    assert re.findall(r"(?:TY|T2|JO)  - .*", cite.ris([page, chapter])) == [
        "TY  - ELEC", "T2  - Wikipedia", "TY  - CHAP", "T2  - StatPearls",
    ]  # fmt: skip


def test_a_retracted_source_is_cited_as_retracted() -> None:
    source = Source(id="PMID:1", title="Zinc", standing="retracted")
    assert cite.text([source]).endswith("[retracted]\n")
    assert "note = {retracted; abstract not read; title only}" in cite.bibtex([source])


def test_a_paper_with_two_records_is_cited_once_with_all_its_identifiers() -> None:
    records = [
        Source(id="PMID:1", xrefs=("doi:10.1/a",), title="Zinc", abstract_read=True),
        Source(id="doi:10.1/a", standing="corrected"),
    ]
    ((_, fields),) = entries(cite.bibtex(records))
    assert (fields["doi"], fields["pmid"], fields["note"]) == ("10.1/a", "1", "corrected")


@pytest.mark.parametrize("title", ["Does it?", "It does!", 'Who "wins?"'])
def test_what_asks_or_calls_out_is_not_stopped_again(title: str) -> None:
    assert cite.line(Source(id="s", title=title, year="2001")) == f"(2001). {title} s"
