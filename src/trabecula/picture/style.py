"""How entities and statements look: pure functions from records to display values.

Nothing here knows of HTML, and no meaning is carried by colour alone:

- a category is an outline, a pastel fill and a word;
- who acts on whom is a colour and an arrowhead: blue arrow, vermilion T-bar, grey open arrow where
  no sign is said; what goes with more or less of the other, or is its level, lack or excess, acts
  on nothing: it has no head, and a mark on its middle;
- a status is the line: plain, dashed, dotted, thin, each with a word, and a mark where the
  sources are against each other;
- the width of a line is the number of independent sources for the statement;
- what becomes of an entity is a fill, a pattern, a glyph and a word: blue with an arrow up, orange
  with an arrow down, dashed and with a slanting arrow where no source tested it, striped grey where
  it does not follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trabecula.model import Context, Statement
from trabecula.vocabulary import WORDS, Vocabulary, kin


@dataclass(frozen=True, slots=True)
class Look:
    """How a category looks: its outline, and fill and line in light and in dark surroundings."""

    outline: str
    fill: str
    line: str
    dark_fill: str
    dark_line: str


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one sign: words for the legend, colours, arrowhead and a mark on the middle."""

    label: str
    line: str
    dark_line: str
    head: str  # a vis-network arrowhead: "arrow" | "bar" | "vee" | "" for none
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The line of a status: words, dashes in pixels (empty is plain) and a mark on its middle."""

    label: str
    dashes: tuple[int, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Tint:
    """How a marked entity looks: words, glyph, fill and line, light and dark, and a pattern."""

    label: str
    words: str
    glyph: str
    fill: str
    line: str
    dark_fill: str
    dark_line: str
    pattern: str = ""  # "striped" fill | "dashed" border | "" for plain


#: Outlines are drawn by `frontend/src/shapes.js`; a test proves that it knows each of them.
LOOKS: Final = MappingProxyType(
    {
        "chemical": Look("ellipse", "#fdf0cf", "#a06d0c", "#45360f", "#e0b35a"),
        "protein": Look("round", "#dcebf8", "#2f6da6", "#17344d", "#79b4e8"),
        "complex": Look("octagon", "#c8dbf0", "#2a5d92", "#1d3f63", "#8dbdec"),
        "cell": Look("stadium", "#d3eee6", "#1f7566", "#123d37", "#63c7b4"),
        "anatomy": Look("barrel", "#e7e9ec", "#5d6875", "#2e343b", "#a9b4c0"),
        "material": Look("box", "#efe6da", "#7d6344", "#3c3226", "#c9ab86"),
        "process": Look("hexagon", "#e6def5", "#6a4ba8", "#33275a", "#b39df0"),
        "function": Look("slanted", "#f3dff0", "#95468b", "#46203f", "#e09ad6"),
        "exposure": Look("house", "#ffe5d2", "#a85a25", "#4a2c17", "#f0a878"),
        "intervention": Look("tag", "#d5f0f5", "#1a7282", "#103b45", "#6cc9da"),
        "test": Look("trapezium", "#ebebd0", "#6a6b1e", "#37381a", "#c6c870"),
        "trait": Look("note", "#fff7c2", "#84720c", "#423b0e", "#e0cf5a"),
        "condition": Look("ribbon", "#fbdcdc", "#ab3b45", "#4d2025", "#f09aa0"),
        "food": Look("leaf", "#e4f0cf", "#58771f", "#2b3a14", "#aed06a"),
        "population": Look("ticket", "#dfe2f3", "#4d5aa0", "#272d52", "#9fabee"),
    }
)

#: The look of categories that only imported graphs have.
OTHER: Final = Look("box", "#f3f3f3", "#6a6a6a", "#2d2d2d", "#b0b0b0")

GROUPS: Final = MappingProxyType(
    {
        "raises": Group("raises, makes, needs", "#1b6ca8", "#6db3ea", "arrow"),
        "lowers": Group("lowers, prevents", "#b5471b", "#f09a6a", "bar"),
        "unsigned": Group("acts, sign not said", "#66717c", "#a3aeb9", "vee"),
        "goes-with-more": Group("goes with more", "#4c86b4", "#8fbde3", "", "+"),
        "goes-with-less": Group("goes with less", "#ad6b4c", "#dba98d", "", "−"),
        "level": Group("level of", "#66717c", "#a3aeb9", "", "="),
        "lack": Group("lack of", "#66717c", "#a3aeb9", "", "<"),
        "excess": Group("excess of", "#66717c", "#a3aeb9", "", ">"),
        "structure": Group("structure, relation", "#939ca6", "#79848f", ""),
    }
)

#: The groups by sign: of what acts, and of what goes with the other.
_ACTING: Final = {1: "raises", -1: "lowers", 0: "unsigned"}
_GOING_WITH: Final = {1: "goes-with-more", -1: "goes-with-less", 0: "structure"}

LINES: Final = MappingProxyType(
    {
        "supported": Line("supported"),
        "contested": Line("contested", (11, 6), "?"),
        "refuted": Line("refuted", (3, 9), "×"),
        "title-only": Line("title only"),
        "asserted-only": Line("article only", (2, 5)),
        "no-evidence": Line("no evidence", (1, 8)),
    }
)

MARKS: Final = MappingProxyType(
    {
        "changed-up": Tint(
            "changed: up", "what is assumed to rise", "▲",
            "#a9cff2", "#0d4a80", "#1d4f7c", "#a9d4fb",
        ),
        "changed-down": Tint(
            "changed: down", "what is assumed to fall", "▼",
            "#f7b995", "#8f3510", "#6b3310", "#ffbf99",
        ),
        "fixed": Tint(
            "held fixed", "nothing changes it", "■",
            "#dcdcdc", "#1b2229", "#40464d", "#e8ecf0",
        ),
        "up": Tint(
            "goes up", "it rises, as sources say", "↑",
            "#dcebf8", "#1b6ca8", "#17344d", "#6db3ea",
        ),
        "down": Tint(
            "goes down", "it falls, as sources say", "↓",
            "#fde3d3", "#b5471b", "#4a2c17", "#f09a6a",
        ),
        "hint-up": Tint(
            "points up", "more of it, by what falls short of a test: each says by what", "↗",
            "#f3f8fc", "#1b6ca8", "#1b2833", "#6db3ea", "dashed",
        ),
        "hint-down": Tint(
            "points down", "less of it, by what falls short of a test: each says by what", "↘",
            "#fef6f0", "#b5471b", "#302620", "#f09a6a", "dashed",
        ),
        "open": Tint(
            "open", "something acts on it, in a direction that does not follow", "?",
            "#eceef0", "#56616c", "#2e343b", "#a9b4c0", "striped",
        ),
        "implied": Tint(
            "the article implies", "only the article implies more or less of it", "§",
            "#f6f5f1", "#665f52", "#2b2a27", "#b5ae9f", "dashed",
        ),
    }
)  # fmt: skip

#: The look of what has no mark in a picture that has marks; there, fills belong to the marks.
UNMARKED: Final = Tint(
    "not reached", "nothing is said of it here", "", "#f7f7f7", "#8a939c", "#24292e", "#7f8a95"
)

#: Points of the label font by prominence: ordinary, much connected, the hubs.
FONTS: Final = (16, 18, 22)

_LINE_LIMIT, _LINES, _LABEL_LIMIT = 15, 3, 50
#: By so many letters another line has to make the longest shorter.
_WORTH_A_LINE: Final = 3
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]- "), frozenset("mwMW@%")


def look(category: str) -> Look:
    """The look of a category, or of what a class of Biolink is a kind of; else the neutral one.

    >>> look("process").outline
    'hexagon'
    """
    return LOOKS.get(kin(category), OTHER)


def tint(key: str) -> Tint:
    """The look of a mark; the neutral one where there is none.

    >>> tint("down").glyph, tint("").label
    ('↓', 'not reached')
    """
    return MARKS.get(key, UNMARKED)


def ends(statement: Statement, words: Vocabulary = WORDS) -> tuple[str, str]:
    """The ends of a statement in the direction in which influence flows, and lines are drawn.

    >>> ends(Statement(subject="osteoblast", predicate="requires", object="magnesium"))
    ('magnesium', 'osteoblast')
    """
    if words.relation(statement.predicate).influence == "reverse":
        return statement.object, statement.subject
    return statement.subject, statement.object


def group(statement: Statement, words: Vocabulary = WORDS) -> str:
    """The sign group of a statement: a key of `GROUPS`. What is negated has no sign.

    >>> [group(Statement(subject="a", predicate=name, object="b"))
    ...  for name in ("inhibits", "requires", "regulates", "biomarker_for", "level_of")]
    ['lowers', 'raises', 'unsigned', 'structure', 'level']
    >>> group(Statement(subject="a", predicate="positively_correlated_with", object="b"))
    'goes-with-more'
    """
    relation = words.relation(statement.predicate)
    if relation.influence == "both":
        return relation.state if relation.state in ("lack", "excess") else "level"
    return (_ACTING if relation.acts else _GOING_WITH)[words.sign_of(statement)]


def width(status: str, sources: int) -> float:
    """The width of a line in pixels, by how many independent sources support the statement.

    >>> [width("supported", n) for n in (1, 2, 3, 9)]
    [1.6, 2.5, 3.4, 4.3]
    >>> width("title-only", 2)
    0.9
    """
    if status in ("title-only", "refuted"):
        return 0.9
    return round(1.6 + 0.9 * min(max(sources - 1, 0), 3), 1)


def context_words(context: Context) -> str:
    """Context as a reader says it.

    >>> context_words((("magnesium_status", "deficient"), ("dose", "250 mg a day")))
    'magnesium status: deficient; dose: 250 mg a day'
    """
    return "; ".join(f"{key.replace('_', ' ')}: {value}" for key, value in context)


def topic_words(topic: str, words: Vocabulary = WORDS) -> str:
    """The topic as a reader says it.

    >>> topic_words("mapk"), topic_words("")
    ('mapk', 'no topic')
    """
    label = words.topics.get(topic)
    return str(label) if label else topic or "no topic"


def method_words(method: str, words: Vocabulary = WORDS) -> str:
    """How the evidence was gained, as a reader says it.

    >>> method_words("cohort"), method_words("ECO:0000269"), method_words("")
    ('cohort study', 'ECO:0000269', '')
    """
    row = words.methods.get(method)
    return row.label if row else method


def label_lines(name: str) -> tuple[str, ...]:
    """A name on up to three lines of balanced length; what is too long ends in an ellipsis.

    >>> label_lines("osteoblast"), label_lines("bone mineral density of the hip")
    (('osteoblast',), ('bone mineral', 'density', 'of the hip'))
    >>> label_lines("1,25-dihydroxyvitamin D")
    ('1,25-dihydroxyvitamin D',)
    """
    text = " ".join(name.split()) or "(no name)"
    if len(text) > _LABEL_LIMIT:
        text = text[: _LABEL_LIMIT - 1].rstrip() + "…"
    words = text.split(" ")
    lines: tuple[str, ...] = (text,)
    for count in range(2, min(_LINES, len(words)) + 1):
        if max(map(len, lines)) <= _LINE_LIMIT:
            break
        # A long word keeps its line long however many lines there are: fewer are better then.
        balanced = _balanced(words, count)
        if max(map(len, balanced)) <= max(map(len, lines)) - _WORTH_A_LINE:
            lines = balanced
    return lines


def _balanced(words: list[str], count: int) -> tuple[str, ...]:
    """The words on `count` lines whose longest line is as short as can be."""
    if count == 1:
        return (" ".join(words),)
    splits = (
        (" ".join(words[:first]), *_balanced(words[first:], count - 1))
        for first in range(1, len(words) - count + 2)
    )
    return min(splits, key=lambda lines: (max(map(len, lines)), lines))


#: By how much bold letters, as those of what is prominent are, are wider than others.
_BOLD: Final = 1.08


def box(lines: tuple[str, ...], outline: str, prominence: int) -> tuple[int, int]:
    """Width and height in pixels of the box around a label, even numbers.

    Widths of letters are estimated on the generous side; the page narrows a line that is still
    wider than its box.
    """
    font = FONTS[prominence]
    bold = _BOLD if prominence else 1
    wide = max(_text_width(line) for line in lines) * font * bold / 100
    high = len(lines) * font * 1.2
    # Outlines with slanted or round ends need room beside the text, an ellipse above it as well;
    # those that run to a point or are drawn in at half their height need most.
    room = {"box": 12, "round": 14, "note": 16, "hexagon": 26, "ribbon": 30}
    side = 0.16 * wide + 8 if outline == "ellipse" else room.get(outline, 22)
    above = {"ellipse": 8 + 5 * len(lines), "house": 14}.get(outline, 8)
    return 2 * round((wide + side) / 2 + 1), 2 * round((high + above) / 2)


def _text_width(text: str) -> int:
    """The width of a line of text in hundredths of an em, as wide sans-serif fonts have it."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> int:
    if letter in _NARROW:
        return 34
    if letter in _WIDE or letter >= "\u2e80":  # beyond that point letters are as wide as high
        return 95
    # Which of the rarer letters are capitals is not the same in every version of Unicode.
    return 68 if letter < "\u0590" and letter.isupper() else 57
