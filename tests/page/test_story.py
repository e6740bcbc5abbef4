"""A story is read as it is written, or every line that cannot be shown is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import trabecula
from trabecula.cli import main
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.page import story

ROOT = Path(__file__).parents[2]
STORY = """\
# Energy & bone

What *this* is about: <b>raw</b>.

## One

scene: `scene=near&of=Mg&steps=2`
More, [to the web](https://example.org/?a=1&b=2) and [to a scene](#scene=near&of=PTH).

### Within

- a `b`
1. c

> quoted

```
<script>alert(1)</script>
```

## Two

goes on

***

## Three

scene: near(magnesium, 1) & status(contested)
"""


def test_a_story_is_read_as_it_is_written(shipped: Graph) -> None:
    told = story.parsed(STORY, "s.md", shipped)
    assert told.title == "Energy & bone"
    assert told.text == (["p", "What ", ["em", "this"], " is about: <b>raw</b>."],)
    first, second, third = told.scenes
    assert (first.name, first.address) == ("One", "scene=near&of=magnesium&steps=2")
    assert first.text == (
        ["p", "More, ", ["a", "https://example.org/?a=1&b=2", "to the web"], " and ",
         ["go", "scene=near&of=parathyroid-hormone", "to a scene"], "."],
        ["h3", "Within"],
        ["ul", ["li", ["p", "a ", ["code", "b"]]]],
        ["ol", ["li", ["p", "c"]]],
        ["blockquote", ["p", "quoted"]],
        ["pre", "<script>alert(1)</script>\n"],
    )  # fmt: skip
    assert (second.address, second.text) == (first.address, (["p", "goes on"], ["hr"]))
    assert third.address.startswith("scene=chosen&with=s")
    assert third.text == ()


def test_every_node_is_of_a_kind_that_the_page_knows(shipped: Graph) -> None:
    def kinds(node: story.Node) -> set[str]:
        if isinstance(node, str):
            return set()
        rest = node[2:] if node[0] in ("a", "go") else node[1:]
        return {node[0]}.union(*map(kinds, rest))

    told = story.parsed(STORY + "\n##### low\n\na  \nb ![][x]\n", "s.md", shipped)
    kinds_told = set().union(*(kinds(node) for scene in told.scenes for node in scene.text))
    assert kinds_told <= set(story.KINDS)
    page = (ROOT / "frontend/src/app/story.js").read_text("utf-8")
    assert all(f'"{kind}"' in page for kind in story.KINDS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "s.md:1: the story has no title: begin the story with a line such as"),
        ("# T\n\ntext", "s.md:1: the story has no scene: begin each scene with a line such as"),
        ("hm\n\n# T\n\n## S", "s.md:1: text before the title: begin the story with its title"),
        ("# T\n\n## S\n\n# U", "s.md:5: a second title 'U': begin scenes with ##"),
        ("# T\n\n##\n", "s.md:3: a scene has no name: write one behind ##"),
        ("# T\n\n## S\n\nscene: near(magnesum, 1)", "s.md:5: scene 'near(magnesum, 1)': no entity is called 'magnesum'; did you mean magnesium?"),
        ("# T\n\n## S\n\nscene: scene=nar&of=Mg", "did you mean near?: write an address of the page"),
        ("# T\n\n## S\n\nscene:", "s.md:5: 'scene:' names nothing"),
        ("# T\n\n## S\n\ntext\n\nscene: PTH", "s.md:7: 'scene:' within the text: write it right below the heading"),
        ("# T\n\n## S\n\nx\n![a](b.png)", "s.md:6: a picture: b.png: leave it out"),
        ("# T\n\n## S\n\nx [y](other.md)", "s.md:5: a link to 'other.md': link to https://"),
        ("# T\n\n## S\n\n[y](#entity=nobody)", "s.md:5: link '#entity=nobody': no entity is called 'nobody'"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_named_with_its_line(
    shipped: Graph, text: str, message: str
) -> None:
    with pytest.raises(FormatError) as raised:
        story.parsed(text, "s.md", shipped)
    assert message in str(raised.value)
    assert {problem.code for problem in raised.value.problems} == {"story"}


def test_all_that_is_wrong_is_named_at_once(shipped: Graph) -> None:
    text = "# T\n\n## S\n\nscene: nobody\n\n## U\n\n[x](y)\n"
    with pytest.raises(FormatError) as raised:
        story.parsed(text, "s.md", shipped)
    assert [problem.where for problem in raised.value.problems] == ["s.md:5", "s.md:9"]


def test_a_story_of_another_graph_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.md").write_text(STORY, "utf-8")
    other = Graph([Statement(subject="kras", predicate="activates", object="braf")])
    with pytest.raises(FormatError, match=r"s\.md:7"):
        trabecula.view(other, tmp_path / "page.html", story=tmp_path / "s.md")
    assert [path.name for path in tmp_path.iterdir()] == ["s.md"]


def test_the_shipped_story_is_written_by_the_command_line(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    told = ROOT / "docs/magnesium-and-pth.story.md"
    done = CliRunner().invoke(main, ["view", "--story", str(told), "-o", str(page)])
    assert done.exit_code == 0, done.output
    text = page.read_text("utf-8")
    assert "<title>Magnesium and the parathyroid hormone</title>" in text
    assert len(text.encode()) < 4_000_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--story", "missing.md", "-o", "p.html"], "missing.md: No such file"),
        (["--story", "s.md", "--pyvis", "-o", "p.html"], "leave out --pyvis"),
        (["--story", "s.md", "-o", "s.md"], "s.md"),
        (["--story", "bytes.md", "-o", "p.html"], "bytes.md"),
        (["near(calcitonin, 1)", "--story", "s.md", "-o", "p.html"], "s.md:7"),
    ],
)
def test_the_command_line_says_what_is_wrong_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.md").write_text(STORY.replace("of=Mg", "of=phosphate-buffer"), "utf-8")
    Path("bytes.md").write_bytes(b"# T\n\n## \xff\xfe S\n")
    done = CliRunner().invoke(main, ["view", *arguments])
    assert done.exit_code in (2, 3)
    assert message in done.output
    assert not Path("p.html").exists()
