"""Citations are exact, escaped and in a fixed order."""

from __future__ import annotations

from trabecula import cite
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
        "  author = {Dimai HP and Porta S and others},\n"
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
