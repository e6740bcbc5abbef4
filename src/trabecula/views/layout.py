"""Where things stand in the picture: computed once, when the page is made, and always the same.

Things are placed as far apart as they are in the graph: the energy of Kamada and Kawai, which gives
the most readable map of up to a few hundred entities. Its cost grows with the square of their
number; beyond `EXACT` fewer steps are taken, and boxes are no longer moved off the lines of others:
a map of thousands is read by zooming in, not at once. The energy knows points only, so boxes are
pushed apart afterwards, and components are packed on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import networkx
    import numpy

Size: TypeAlias = tuple[int, int]
Position: TypeAlias = tuple[int, int]

#: Entities in a component up to which the picture is worked out in full, in some seconds.
EXACT: Final = 500
EXACT_TURNS: Final = 250
TURNS: Final = 40

_GAP = (18, 16)  # pixels kept free between boxes
_FILL = 0.55  # share of the page that boxes with their gaps take
_EVEN = 0.75  # how far things are drawn from where distance puts them to an even spread
_SHAPE = 1.05  # width of the page by its height
_CELL = 16  # pixels of the raster on which components are packed
_CLEARING = 80  # turns in which boxes are moved off the lines of others
_LOOKED_AT = 600_000  # boxes times lines up to which lines are kept clear of boxes


def positions(sizes: Mapping[str, Size], links: Iterable[tuple[str, str]]) -> dict[str, Position]:
    """The centre of each box, in whole pixels, so that no two boxes touch.

    `sizes` gives width and height in pixels; `links` join boxes and may repeat. What has no link
    stands in rows below the rest. The result depends on the arguments alone, not on their order.
    """
    edges = sorted({(min(a, b), max(a, b)) for a, b in links if a != b})
    groups = _components(sorted(sizes), edges)
    joined = [_component(names, lines, sizes) for names, lines in groups if lines]
    placed = _packed(joined, sizes)
    placed.update(_rows([names[0] for names, lines in groups if not lines], sizes, placed))
    return {name: placed[name] for name in sizes}


def touching(places: Mapping[str, Position], sizes: Mapping[str, Size]) -> list[tuple[str, str]]:
    """The pairs of boxes that overlap or touch; a good layout has none.

    >>> touching({"a": (0, 0), "b": (30, 0)}, {"a": (20, 20), "b": (44, 20)})
    [('a', 'b')]
    """
    found = []
    names = sorted(places, key=lambda name: places[name][0])
    widest = max((width for width, _ in sizes.values()), default=0)
    for index, first in enumerate(names):
        for second in names[index + 1 :]:
            across = places[second][0] - places[first][0]
            if across > widest:
                break
            along = abs(places[second][1] - places[first][1])
            (w1, h1), (w2, h2) = sizes[first], sizes[second]
            if 2 * across <= w1 + w2 and 2 * along <= h1 + h2:
                found.append((min(first, second), max(first, second)))
    return sorted(found)


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
    boxes = np.array([sizes[name] for name in names], dtype=float)
    points = _spread(_turned(_stress(len(names), ends)), boxes)
    points = np.rint(_apart(points, boxes, ends))
    return {name: (int(x), int(y)) for name, (x, y) in zip(names, points, strict=True)}


def _stress(count: int, ends: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """Points whose distances are those in the graph, as nearly as a plane allows.

    The energy is that of Kamada and Kawai; majorisation (Gansner, Koren and North) finds its
    minimum some ten times faster than the general optimiser of networkx does.
    """
    import numpy as np
    from scipy.linalg import eigh
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import shortest_path

    degree = np.bincount(ends.ravel(), minlength=count).astype(float)
    # A line to a hub is long: there is more to set around a hub, and that two things share one
    # says little of them. Measured on the shipped graph, it leaves a third fewer crossings.
    length = (degree[ends[:, 0]] * degree[ends[:, 1]]) ** 0.35
    joined = csr_array((length, (ends[:, 0], ends[:, 1])), shape=(count, count))
    wanted = shortest_path(joined, method="D", directed=False)
    # Classical scaling is where it starts: the two directions in which distances vary most.
    square = wanted**2
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    values, vectors = eigh(-centred / 2, subset_by_index=(max(count - 2, 0), count - 1))
    points = vectors * np.sqrt(np.maximum(values, 1e-9))
    points = points * np.where(points[np.abs(points).argmax(axis=0), [0, 1]] < 0, -1, 1)
    points = points + 1e-3 * wanted.max() * _spiral(count)
    np.fill_diagonal(wanted, 1)
    weight = 1 / square.clip(min=wanted.min() ** 2)
    np.fill_diagonal(weight, 0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.inv(laplacian + 1 / count) - 1 / count
    reach = weight * wanted
    for _ in range(EXACT_TURNS if count <= EXACT else TURNS):
        x, y = points.T
        distance = np.sqrt(np.square(x[:, None] - x) + np.square(y[:, None] - y))
        pull = reach / np.maximum(distance, 1e-9)
        points = inverse @ (pull.sum(axis=1)[:, None] * points - pull @ points)
    return np.asarray(points)


def _spiral(count: int) -> numpy.ndarray[Any, Any]:
    """Small steps, all different, by which points that coincide are told apart."""
    import numpy as np

    turn = np.arange(count)
    return np.column_stack([np.cos(turn), np.sin(turn)]) * (turn[:, None] + 1) / count


def _turned(points: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """The points around their middle, turned so that they lie wide rather than high."""
    import numpy as np

    points = points - points.mean(axis=0)
    covariance = points.T @ points
    angle = 0.5 * np.arctan2(2 * covariance[0, 1], covariance[0, 0] - covariance[1, 1])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(points @ turn)


def _spread(
    points: numpy.ndarray[Any, Any], boxes: numpy.ndarray[Any, Any]
) -> numpy.ndarray[Any, Any]:
    """The points on a page of the size that the boxes need, as evenly as keeps the picture.

    The method above crowds the middle and leaves the corners empty. Each coordinate is drawn
    half-way to its rank, which keeps left left and right right.
    """
    import numpy as np

    area = float(((boxes[:, 0] + _GAP[0]) * (boxes[:, 1] + _GAP[1])).sum()) / _FILL
    page = np.array([(area * _SHAPE) ** 0.5, (area / _SHAPE) ** 0.5])
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    even = (ranks + 0.5) / len(points) - 0.5
    wide = points / np.maximum(np.ptp(points, axis=0), 1e-9)
    return np.asarray(((1 - _EVEN) * wide + _EVEN * even) * page)


def _apart(
    points: numpy.ndarray[Any, Any], boxes: numpy.ndarray[Any, Any], ends: numpy.ndarray[Any, Any]
) -> numpy.ndarray[Any, Any]:
    """The points moved as little as possible until no two boxes overlap."""
    points = points + 1e-3 * _spiral(len(points))
    clear = len(points) * len(ends) <= _LOOKED_AT
    for turn in range(300):
        moved = _pushed(points, boxes)
        if clear and turn < _CLEARING:
            moved = moved + _cleared(points, boxes, ends)
        elif not moved.any():
            return points
        points = points + moved
    while _pushed(points, boxes).any():
        points = points * 1.03
    return points


def _pushed(
    points: numpy.ndarray[Any, Any], boxes: numpy.ndarray[Any, Any]
) -> numpy.ndarray[Any, Any]:
    """How far each box must go to come out of those it overlaps, the short way."""
    import numpy as np
    from scipy.spatial import cKDTree

    moved = np.zeros_like(points)
    reach = boxes.max(axis=0) + _GAP
    near = cKDTree(points / reach).query_pairs(1.0, p=np.inf, output_type="ndarray")
    if not len(near):
        return moved
    near = near[np.lexsort((near[:, 1], near[:, 0]))]
    first, second = near[:, 0], near[:, 1]
    between = points[second] - points[first]
    overlap = (boxes[first] + boxes[second]) / 2 + _GAP - np.abs(between)
    hit = (overlap > 0).all(axis=1)
    first, second, between, overlap = first[hit], second[hit], between[hit], overlap[hit]
    axis = (overlap[:, 1] < overlap[:, 0]).astype(int)
    rows = np.arange(len(axis))
    step = (overlap[rows, axis] / 2 + 0.51) * np.where(between[rows, axis] < 0, -1, 1)
    np.add.at(moved, (first, axis), -step)
    np.add.at(moved, (second, axis), step)
    # A box pushed from many sides would leap; it goes as far as the mean push and stays near.
    count = np.zeros(len(points))
    np.add.at(count, first, 1)
    np.add.at(count, second, 1)
    return moved / np.maximum(count, 1)[:, None] ** 0.5


def _cleared(
    points: numpy.ndarray[Any, Any], boxes: numpy.ndarray[Any, Any], ends: numpy.ndarray[Any, Any]
) -> numpy.ndarray[Any, Any]:
    """A push on each box that lies on a line between two others, away from that line."""
    import numpy as np

    # Coordinates are kept in arrays of their own: boxes down, lines across.
    x, y = points[:, :1], points[:, 1:]
    x1, y1 = points[ends[:, 0]].T
    dx, dy = (points[ends[:, 1]] - points[ends[:, 0]]).T
    length = np.maximum(np.hypot(dx, dy), 1e-9)
    nx, ny = -dy / length, dx / length
    share = ((x - x1) * dx + (y - y1) * dy) / length**2
    side = (x - x1) * nx + (y - y1) * ny
    extent = (boxes[:, :1] * np.abs(nx) + boxes[:, 1:] * np.abs(ny)) / 2 + 7
    depth = np.where((share > 0.04) & (share < 0.96), extent - np.abs(side), 0)
    lines = np.arange(len(ends))
    depth[ends[:, 0], lines] = 0
    depth[ends[:, 1], lines] = 0
    depth = np.clip(depth, 0, 14) * np.where(side < 0, -0.35, 0.35)
    push = np.column_stack([depth @ nx, depth @ ny])
    size = np.maximum(np.hypot(push[:, 0], push[:, 1]), 1e-9)[:, None]
    return np.asarray(push * np.minimum(1, 10 / size))


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
    best = int(np.argmin(np.maximum(reach_x, _SHAPE * reach_y)))
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
    names: list[str], sizes: Mapping[str, Size], placed: Mapping[str, Position]
) -> dict[str, Position]:
    """Boxes without links, in rows below what is placed."""
    left, _, right, bottom = _frame(placed, sizes) if placed else (0, 0, 0, -60)
    area = sum((sizes[name][0] + 24) * (sizes[name][1] + 24) for name in names)
    limit = max(right - left, (area * _SHAPE) ** 0.5)
    found: dict[str, Position] = {}
    x, y, row_height = left, bottom + 60, 0
    for name in names:
        wide, high = sizes[name]
        if x > left and x + wide > left + limit:
            x, y, row_height = left, y + row_height + 24, 0
        found[name] = (int(x + wide // 2), int(y + high // 2))
        x += wide + 24
        row_height = max(row_height, high)
    return found


def _frame(places: Mapping[str, Position], sizes: Mapping[str, Size]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the boxes together."""
    return (
        min(x - sizes[name][0] // 2 for name, (x, _) in places.items()),
        min(y - sizes[name][1] // 2 for name, (_, y) in places.items()),
        max(x + sizes[name][0] // 2 for name, (x, _) in places.items()),
        max(y + sizes[name][1] // 2 for name, (_, y) in places.items()),
    )
