"""Where things stand in the picture: computed once, when the page is made, and always the same.

Things are placed as far apart as they are in the graph (`stress`), which gives the most readable
map of up to a few hundred entities. The energy knows points only, so boxes are
pushed apart afterwards, and components are packed on a page. Its cost grows with the square of
their number; what is larger than `EXACT` is placed as a map of groups (`communities`), each of
which is placed by itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from trabecula.picture import boxes, stress
from trabecula.picture.communities import communities

if TYPE_CHECKING:
    import networkx
    import numpy

Size: TypeAlias = tuple[int, int]
Position: TypeAlias = tuple[int, int]
Array: TypeAlias = "numpy.ndarray[Any, Any]"

#: Entities that hang together up to which the picture is worked out at once, in some seconds.
EXACT: Final = 500
GROUP: Final = 200  # members of a group, where they are more
EXACT_TURNS: Final = 120
TURNS: Final = 20

_FILL = 0.4  # share of the page that boxes with their gaps take
_CLOSE = 0.55  # the same for groups, which have no lines of their own to show
_CELL = 16  # pixels of the raster on which components are packed
_MIRRORS = ((1, 1), (-1, 1), (1, -1), (-1, -1))
_STREET = (50, 44)  # pixels kept free around a group, besides the gap
_NEARER = 0.92  # groups have no corners: how much nearer than their frames they come
_PACKED = 60  # components that are fitted into each other's corners; more stand in rows


def positions(sizes: Mapping[str, Size], links: Iterable[tuple[str, str]]) -> dict[str, Position]:
    """The centre of each box, in whole pixels, so that no two boxes touch.

    `sizes` gives width and height in pixels; `links` join boxes and may repeat. What has no link
    stands in rows below the rest. The result depends on the arguments alone, not on their order.
    """
    edges = sorted({(min(a, b), max(a, b)) for a, b in links if a != b})
    groups = _components(sorted(sizes), edges)
    parts = [_component(names, lines, sizes) for names, lines in groups if lines]
    loose: list[dict[str, Position]] = [{names[0]: (0, 0)} for names, lines in groups if not lines]
    placed = _packed(parts[:_PACKED], sizes)
    placed.update(_rows(parts[_PACKED:], sizes, placed, 40))
    placed.update(_rows(loose, sizes, placed, 24))
    return {name: placed[name] for name in sizes}


def _components(
    names: list[str], edges: list[tuple[str, str]]
) -> list[tuple[list[str], list[tuple[str, str]]]]:
    """What hangs together, largest first: names and lines, both sorted."""
    import networkx as nx

    graph: networkx.Graph[str] = nx.Graph(edges)
    graph.add_nodes_from(names)
    groups = sorted(nx.connected_components(graph), key=lambda group: (-len(group), min(group)))
    home = {name: number for number, group in enumerate(groups) for name in group}
    lines: list[list[tuple[str, str]]] = [[] for _ in groups]
    for edge in edges:
        lines[home[edge[0]]].append(edge)
    return [(sorted(group), lines[number]) for number, group in enumerate(groups)]


# --- One component --------------------------------------------------------------------------


def _component(
    names: list[str], links: list[tuple[str, str]], sizes: Mapping[str, Size]
) -> dict[str, Position]:
    """The places of boxes that are joined with each other, around (0, 0)."""
    import numpy as np

    index = {name: number for number, name in enumerate(names)}
    ends = np.array([(index[a], index[b]) for a, b in links], dtype=int)
    frames = np.array([sizes[name] for name in names], dtype=float)
    points = np.rint(_placed(frames, ends, _lengths(len(names), ends)))
    return {name: (int(x), int(y)) for name, (x, y) in zip(names, points, strict=True)}


def _placed(frames: Array, ends: Array, lengths: Array, fill: float = _FILL) -> Array:
    """The middle of each box: at once where they are few, else group by group."""
    import numpy as np

    if len(frames) > EXACT:
        return _grouped(frames, ends, lengths)
    points = _turned(stress.placed(len(frames), ends, lengths, EXACT_TURNS))
    return boxes.apart(boxes.spread(points, frames, fill), frames, [(np.arange(len(frames)), ends)])


def _lengths(count: int, ends: Array) -> Array:
    """How long each line should be.

    A line to a hub is long: there is more to set around a hub, and that two things share one says
    little of them. Measured on the shipped graph, it leaves a third fewer crossings.
    """
    import numpy as np

    degree = np.bincount(ends.ravel(), minlength=count).astype(float)
    fourth = np.sqrt(np.sqrt(degree[ends[:, 0]] * degree[ends[:, 1]]))
    sixteenth = np.sqrt(np.sqrt(fourth))
    return np.asarray(fourth * sixteenth * np.sqrt(sixteenth))  # to the power of 11/32


def _grouped(frames: Array, ends: Array, lengths: Array) -> Array:
    """The middle of each box: a map of groups, with the map of its members in each of them."""
    import numpy as np

    weights = 1 / lengths
    rows = zip(*ends.T.tolist(), weights.tolist(), strict=True)
    home = np.array(communities(len(frames), rows, GROUP))
    inner = home[ends[:, 0]] == home[ends[:, 1]]
    members = _parted(home, np.full(len(frames), True), home.max() + 1)
    lines = _parted(home[ends[:, 0]], inner, len(members))
    points = _members(frames, ends, lengths, members, lines)
    plots = np.zeros((len(members), 2))
    for number, group in enumerate(members):
        low = (points[group] - frames[group] / 2).min(axis=0)
        high = (points[group] + frames[group] / 2).max(axis=0)
        points[group] -= (low + high) / 2
        plots[number] = high - low + (_STREET if len(group) > 1 else 0)
    outer = ends[~inner]
    middles = _placed(plots, *_streets(home[outer], weights[~inner], len(members)), _CLOSE)
    middles = boxes.gathered(middles, plots) * _NEARER
    points = _flipped(points, home, outer, middles) + middles[home]
    return boxes.apart(points, frames, [], turns=600)


def _members(
    frames: Array, ends: Array, lengths: Array, members: list[Array], lines: list[Array]
) -> Array:
    """The middle of each box in its group, each group around its own middle."""
    import numpy as np

    points, own, parts = np.zeros((len(frames), 2)), np.zeros(len(frames), dtype=int), []
    # Each is placed far from the others, so that all their boxes can be pushed apart together.
    far = np.zeros((len(frames), 2))
    for number, (group, rows) in enumerate(zip(members, lines, strict=True)):
        own[group] = np.arange(len(group))
        far[group, 0] = number * 4 * GROUP * frames.max()
        if len(rows):
            parts.append((group, own[ends[rows]]))
            placed = _turned(stress.placed(len(group), parts[-1][1], lengths[rows], TURNS))
            points[group] = boxes.spread(placed, frames[group], _FILL)
        else:
            points[group] = boxes.rows(frames[group])
    return boxes.nudged(points + far, frames, parts, turns=40) - far


def _turned(points: Array) -> Array:
    """The points around their middle, turned so that they lie wide rather than high."""
    import numpy as np

    x, y = (points - points.mean(axis=0)).T
    wide, both = float((x * x - y * y).sum()), 2 * float((x * y).sum())
    length = math.sqrt(wide * wide + both * both) or 1.0
    cosine = math.sqrt((1 + wide / length) / 2)
    sine = math.copysign(math.sqrt((1 - wide / length) / 2), both)
    return np.column_stack([x * cosine + y * sine, y * cosine - x * sine])


# --- Groups ---------------------------------------------------------------------------------


def _parted(group: Array, inner: Array, count: int) -> list[Array]:
    """The numbers of the lines within each group."""
    import numpy as np

    rows = np.flatnonzero(inner)
    rows = rows[np.argsort(group[rows], kind="stable")]
    return np.split(rows, np.searchsorted(group[rows], np.arange(1, count)))


def _streets(ends: Array, weights: Array, count: int) -> tuple[Array, Array]:
    """The lines between groups, each pair once, and how long they should be.

    Two groups are near when much of what either has to do with others is with the other one.
    """
    import numpy as np

    low, high = ends.min(axis=1), ends.max(axis=1)
    pairs, which = np.unique(low * count + high, return_inverse=True)
    strength = np.bincount(which, weights)
    ends = np.column_stack([pairs // count, pairs % count])
    whole = np.bincount(ends.ravel(), np.repeat(strength, 2), minlength=count)
    fourth = np.sqrt(np.sqrt(whole[ends[:, 0]] * whole[ends[:, 1]]))
    return ends, np.asarray(fourth / np.sqrt(strength))


def _flipped(points: Array, home: Array, ends: Array, middles: Array) -> Array:
    """The members mirrored within their group so that lines to other groups are short."""
    import numpy as np

    points = points.copy()
    rows = np.concatenate([ends, ends[:, ::-1]])
    lines = _parted(home[rows[:, 0]], np.full(len(rows), True), len(middles))
    for _ in range(2):
        for number, own in enumerate(lines):
            if not len(own):
                continue
            here, there = rows[own].T
            aim = points[there] + middles[home[there]] - middles[number]
            ways = (np.square(points[here] * turn - aim) for turn in _MIRRORS)
            tried = [np.sqrt(way[:, 0] + way[:, 1]).sum() for way in ways]
            points[home == number] *= _MIRRORS[int(np.argmin(tried))]
    return points


# --- The page -------------------------------------------------------------------------------


def _packed(parts: list[dict[str, Position]], sizes: Mapping[str, Size]) -> dict[str, Position]:
    """The components on one page: each in the free place that keeps the page smallest."""
    placed: dict[str, Position] = {}
    rows: list[_Row] = []
    for part in parts:
        dx, dy = _free_place(part, placed, rows, sizes) if placed else (0, 0)
        moved = {name: (x + dx, y + dy) for name, (x, y) in part.items()}
        placed.update(moved)
        rows.extend(_silhouette(moved, sizes))
    return placed


#: Left end, right end and height on the page of one row of the raster.
_Row: TypeAlias = tuple[float, float, float]


def _free_place(
    part: Mapping[str, Position],
    placed: Mapping[str, Position],
    rows: list[_Row],
    sizes: Mapping[str, Size],
) -> tuple[int, int]:
    """By how much to move a component so that it lies beside what is placed."""
    import numpy as np

    left, top, right, bottom = _frame(part, sizes)
    wide, high = -(-(right - left + 40) // _CELL), -(-(bottom - top + 40) // _CELL)
    x0, y0, x1, y1 = _frame(placed, sizes)
    # The raster has room for the component on every side; cells are counted from its corner.
    x0, y0 = x0 - (wide + 1) * _CELL, y0 - (high + 1) * _CELL
    across = int((x1 - x0) // _CELL) + wide + 2
    down = int((y1 - y0) // _CELL) + high + 2
    taken = np.zeros((down + 1, across + 1))
    for start, end, y in rows:
        first, last = int((start - x0) // _CELL), int((end - x0) // _CELL)
        taken[int((y - y0) // _CELL) + 1, max(first, 0) + 1 : max(last, 0) + 2] = 1
    sums = taken.cumsum(axis=0).cumsum(axis=1)
    inside = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    row, column = np.nonzero(inside == 0)
    # How far the page would reach from its middle, the height weighed by the shape wanted.
    reach_x = np.abs(column + wide / 2 - (across + 1) / 2) + wide / 2
    reach_y = np.abs(row + high / 2 - (down + 1) / 2) + high / 2
    best = int(np.argmin(np.maximum(reach_x, boxes.SHAPE * reach_y)))
    dx = x0 + int(column[best]) * _CELL - left + 20
    dy = y0 + int(row[best]) * _CELL - top + 20
    return dx, dy


def _silhouette(part: Mapping[str, Position], sizes: Mapping[str, Size]) -> list[_Row]:
    """What a component covers, row by row, so that others can lie in its corners."""
    spans: dict[int, tuple[float, float]] = {}
    for name, (x, y) in part.items():
        wide, high = sizes[name]
        for row in range(int((y - high / 2) // _CELL) - 3, int((y + high / 2) // _CELL) + 4):
            low, top = spans.get(row, (x, x))
            spans[row] = (min(low, x - wide / 2 - 24), max(top, x + wide / 2 + 24))
    rows: list[_Row] = []
    span = spans[min(spans)]
    for row in range(min(spans), max(spans) + 1):
        span = spans.get(row, span)  # between boxes there are lines
        rows.append((*span, row * _CELL))
    return rows


def _rows(
    parts: list[dict[str, Position]],
    sizes: Mapping[str, Size],
    placed: Mapping[str, Position],
    gap: int,
) -> dict[str, Position]:
    """Components in rows below what is placed."""
    left, _, right, bottom = _frame(placed, sizes) if placed else (0, 0, 0, -60)
    frames = [_frame(part, sizes) for part in parts]
    area = sum((x1 - x0 + gap) * (y1 - y0 + gap) for x0, y0, x1, y1 in frames)
    limit = max(right - left, math.sqrt(area * boxes.SHAPE))
    positions: dict[str, Position] = {}
    x, y, row_height = left, bottom + 60, 0
    for part, (x0, y0, x1, y1) in zip(parts, frames, strict=True):
        if x > left and x + x1 - x0 > left + limit:
            x, y, row_height = left, y + row_height + gap, 0
        positions.update({name: (at + x - x0, down + y - y0) for name, (at, down) in part.items()})
        x += x1 - x0 + gap
        row_height = max(row_height, y1 - y0)
    return positions


def _frame(places: Mapping[str, Position], sizes: Mapping[str, Size]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the boxes together."""
    return (
        min(x - sizes[name][0] // 2 for name, (x, _) in places.items()),
        min(y - sizes[name][1] // 2 for name, (_, y) in places.items()),
        max(x + sizes[name][0] // 2 for name, (x, _) in places.items()),
        max(y + sizes[name][1] // 2 for name, (_, y) in places.items()),
    )
