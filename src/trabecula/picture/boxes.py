"""Boxes on a page: spread over it, pushed apart, moved off the lines between others.

Places are rows of numbers, the middle of each box; `boxes` are rows of width and height, all in
pixels.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import numpy

Array: TypeAlias = "numpy.ndarray[Any, Any]"

#: Pixels kept free between boxes.
GAP: Final = (18, 16)
#: Width of a page by its height.
SHAPE: Final = 1.05

_EVEN = 0.75  # how far things are drawn from where distance puts them to an even spread
_CLEARING = 80  # turns in which boxes are moved off the lines of others
_LOOKED_AT = 60_000_000  # boxes times lines times turns up to which that is done
_GROWTH = 1.002  # of the page in a turn, where pushing alone does not end
_SLACK = 40  # pixels that boxes may move until their neighbours are looked up again
_VIEW = 96  # the same for the lines near them
#: Steps by which points on a plane are told apart: no two multiples of them coincide.
_STEPS: Final = (0.7548776662466927, 0.5698402909980532)


def spread(points: Array, boxes: Array, fill: float) -> Array:
    """The points on a page of which the boxes with their gaps take the share `fill`.

    Where distance puts them, the middle is crowded and the corners are empty. Each coordinate is
    drawn most of the way to its rank, which keeps left left and right right.
    """
    import numpy as np

    area = float(((boxes[:, 0] + GAP[0]) * (boxes[:, 1] + GAP[1])).sum()) / fill
    page = np.array([math.sqrt(area * SHAPE), math.sqrt(area / SHAPE)])
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    even = (ranks + 0.5) / len(points) - 0.5
    wide = points / np.maximum(np.ptp(points, axis=0), 1e-9)
    return np.asarray(((1 - _EVEN) * wide + _EVEN * even) * page)


def apart(points: Array, boxes: Array, parts: list[tuple[Array, Array]], turns: int = 300) -> Array:
    """The points moved as little as possible until no two boxes overlap.

    Boxes are moved off the lines between others, too. `parts` are the boxes and the lines between
    them that are looked at together; with a great many there is time for fewer turns. Those that
    still overlap after so many turns get room, a little at a time.
    """
    import numpy as np

    points = nudged(points, boxes, parts, turns)
    near, since = _near(points, boxes), points
    while (moved := _pushed(points, boxes, near)).any():
        points = (points + moved) * _GROWTH
        if 2 * np.abs(points - since).max() > _SLACK:
            near, since = _near(points, boxes), points
    return points


def nudged(points: Array, boxes: Array, parts: list[tuple[Array, Array]], turns: int) -> Array:
    """The points after so many turns of `apart`: some boxes may still overlap."""
    import numpy as np

    points = points + 1e-3 * scattered(len(points))
    effort = sum(len(group) * len(ends) for group, ends in parts)
    clearing = min(_CLEARING, _LOOKED_AT // effort) if effort else 0
    near, since = _near(points, boxes), points
    crossed, seen = _crossed(points, boxes, parts if clearing else []), points
    for turn in range(turns):
        if 2 * np.abs(points - since).max() > _SLACK:
            near, since = _near(points, boxes), points
        moved = _pushed(points, boxes, near)
        if turn < clearing:
            if 2 * np.abs(points - seen).max() > _VIEW:
                crossed, seen = _crossed(points, boxes, parts), points
            moved += _cleared(points, boxes, crossed)
        if not moved.any():
            break
        points = points + moved
    return points


def gathered(points: Array, boxes: Array) -> Array:
    """The points drawn together as long as that makes the page smaller."""

    def page(points: Array) -> float:
        low, high = (points - boxes / 2).min(axis=0), (points + boxes / 2).max(axis=0)
        return float(max(high - low))

    for share in (0.8, 0.9, 0.95, 0.9, 0.95, 0.9, 0.95):
        nearer = apart(points * share, boxes, [])
        points = nearer if page(nearer) < page(points) else points
    return points


def rows(boxes: Array) -> Array:
    """Boxes without lines between them, in rows on a page of the usual shape."""
    import numpy as np

    limit = math.sqrt(((boxes[:, 0] + GAP[0]) * (boxes[:, 1] + GAP[1])).sum() * SHAPE)
    places, x, y, high = [], 0.0, 0.0, 0.0
    for wide, tall in boxes.tolist():
        if x > 0 and x + wide > limit:
            x, y, high = 0.0, y + high + GAP[1], 0.0
        places.append((x + wide / 2, y + tall / 2))
        x, high = x + wide + GAP[0], max(high, tall)
    return np.array(places)


def scattered(count: int) -> Array:
    """Small steps, at most half to each side and all different, to tell apart what coincides."""
    import numpy as np

    return np.asarray(np.arange(1, count + 1)[:, None] * np.array(_STEPS) % 1 - 0.5)


def _near(points: Array, boxes: Array) -> Array:
    """The pairs of boxes that may come to overlap while none moves by more than half the slack."""
    import numpy as np

    first, second = _pairs(points, boxes.max(axis=0) + GAP + _SLACK)
    between = np.abs(points[second] - points[first])
    close = (between < (boxes[first] + boxes[second]) / 2 + GAP + _SLACK).all(axis=1)
    return np.column_stack([first[close], second[close]])


def _pairs(points: Array, reach: Array) -> tuple[Array, Array]:
    """The pairs of points, sorted, in the same or in adjoining cells of a raster.

    `reach` is the width and height of a cell: whatever is nearer than that is among them.
    """
    import numpy as np

    cell = np.floor((points - points.min(axis=0)) / reach).astype(np.int64)
    rows = cell[:, 1].max() + 3  # above and below each column of cells there is an empty one
    key = cell[:, 0] * rows + cell[:, 1]
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    sides = []
    # To the right, and in the same column: three cells that follow each other are one run.
    for low in (key + rows - 1, key - 1):
        start = np.searchsorted(ranked, low, side="left")
        many = np.searchsorted(ranked, low + 2, side="right") - start
        left = np.repeat(np.arange(len(points)), many)
        run = np.arange(len(left)) - np.repeat(many.cumsum() - many, many)
        sides.append(np.column_stack([left, order[np.repeat(start, many) + run]]))
    right, own = sides
    pairs = np.concatenate([np.sort(right, axis=1), own[own[:, 0] < own[:, 1]]])
    first, second = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
    return first, second


def _pushed(points: Array, boxes: Array, near: Array) -> Array:
    """How far each box must go to come out of those it overlaps, the short way."""
    import numpy as np

    moved = np.zeros_like(points)
    first, second = near.T
    between = points[second] - points[first]
    overlap = (boxes[first] + boxes[second]) / 2 + GAP - np.abs(between)
    hit = (overlap > 0).all(axis=1)
    first, second, between, overlap = first[hit], second[hit], between[hit], overlap[hit]
    axis = (overlap[:, 1] < overlap[:, 0]).astype(int)
    lines = np.arange(len(axis))
    step = (overlap[lines, axis] / 2 + 0.51) * np.where(between[lines, axis] < 0, -1, 1)
    np.add.at(moved, (first, axis), -step)
    np.add.at(moved, (second, axis), step)
    # A box pushed from many sides would leap; it goes as far as the mean push and stays near.
    count = np.bincount(first, minlength=len(points)) + np.bincount(second, minlength=len(points))
    return np.asarray(moved / np.sqrt(np.maximum(count, 1))[:, None])


def _crossed(points: Array, boxes: Array, parts: list[tuple[Array, Array]]) -> Array:
    """Rows of a box and the ends of a line that it may come to lie on: those not far from it."""
    import numpy as np

    crossings = [np.zeros((0, 3), dtype=int)]
    for group, ends in parts:
        lines = group[ends].T
        share, side, extent, _ = _beside(points, boxes, group[:, None], *lines)
        length = np.sqrt(np.square(points[lines[1]] - points[lines[0]]).sum(axis=1))
        near = (np.abs(side) < extent + _VIEW) & (np.abs(share - 0.5) * length < length / 2 + _VIEW)
        box, line = np.nonzero(near)
        rows = np.column_stack([group[box], *lines[:, line]])
        crossings.append(rows[(rows[:, 0] != rows[:, 1]) & (rows[:, 0] != rows[:, 2])])
    return np.concatenate(crossings)


def _cleared(points: Array, boxes: Array, crossed: Array) -> Array:
    """A push on each box that lies on a line between two others, away from that line."""
    import numpy as np

    share, side, extent, normal = _beside(points, boxes, *crossed.T)
    depth = np.where((share > 0.04) & (share < 0.96), extent - np.abs(side), 0)
    depth = np.clip(depth, 0, 14) * np.where(side < 0, -0.35, 0.35)
    count, box = len(points), crossed[:, 0]
    push = np.column_stack([np.bincount(box, depth * along, count) for along in normal])
    size = np.maximum(np.sqrt(np.square(push).sum(axis=1)), 1e-9)[:, None]
    return np.asarray(push * np.minimum(1, 10 / size))


def _beside(
    points: Array, boxes: Array, box: Array, start: Array, end: Array
) -> tuple[Array, Array, Array, tuple[Array, Array]]:
    """Where boxes are beside lines.

    The share of the line from its start to the place nearest to the box, how far the box is off
    the line and to which side, how far the box reaches towards it, and the direction of that side.
    """
    import numpy as np

    # Coordinates are kept in arrays of their own.
    x, y, wide, high = points[box, 0], points[box, 1], boxes[box, 0] / 2, boxes[box, 1] / 2
    x1, y1 = points[start].T
    dx, dy = (points[end] - points[start]).T
    length = np.maximum(np.sqrt(dx * dx + dy * dy), 1e-9)
    nx, ny = -dy / length, dx / length
    x, y = x - x1, y - y1
    share = (x * (dx / length) + y * (dy / length)) / length
    extent = wide * np.abs(nx) + high * np.abs(ny) + 7
    return share, x * nx + y * ny, extent, (nx, ny)
