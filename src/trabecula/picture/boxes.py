"""Boxes on a page: spread over it, pushed apart, moved off the lines between others.

Places are rows of numbers, the middle of each box; `boxes` are rows of width and height, all in
pixels.
"""

from __future__ import annotations

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
_LOOKED_AT = 24_000_000  # boxes times lines times turns up to which that is done
_SLACK = 24  # pixels that boxes may move until their neighbours are looked up again


def spread(points: Array, boxes: Array, fill: float) -> Array:
    """The points on a page of which the boxes with their gaps take the share `fill`.

    Where distance puts them, the middle is crowded and the corners are empty. Each coordinate is
    drawn most of the way to its rank, which keeps left left and right right.
    """
    import numpy as np

    area = float(((boxes[:, 0] + GAP[0]) * (boxes[:, 1] + GAP[1])).sum()) / fill
    page = np.array([(area * SHAPE) ** 0.5, (area / SHAPE) ** 0.5])
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    even = (ranks + 0.5) / len(points) - 0.5
    wide = points / np.maximum(np.ptp(points, axis=0), 1e-9)
    return np.asarray(((1 - _EVEN) * wide + _EVEN * even) * page)


def apart(points: Array, boxes: Array, parts: list[tuple[Array, Array]], turns: int = 300) -> Array:
    """The points moved as little as possible until no two boxes overlap.

    Boxes are moved off the lines between others, too. `parts` are the boxes and the lines between
    them that are looked at together; with a great many there is time for fewer turns.
    """
    points = nudged(points, boxes, parts, turns)
    while _pushed(points, boxes, _near(points, boxes)).any():
        points = points * 1.03
    return points


def nudged(points: Array, boxes: Array, parts: list[tuple[Array, Array]], turns: int) -> Array:
    """The points after so many turns of `apart`: some boxes may still overlap."""
    import numpy as np

    points = points + 1e-3 * spiral(len(points))
    effort = sum(len(group) * len(ends) for group, ends in parts)
    clearing = min(_CLEARING, _LOOKED_AT // effort) if effort else 0
    near, since = _near(points, boxes), points
    for turn in range(turns):
        if 2 * np.abs(points - since).max() > _SLACK:
            near, since = _near(points, boxes), points
        moved = _pushed(points, boxes, near)
        if turn < clearing:
            for group, ends in parts:
                moved[group] += _cleared(points[group], boxes[group], ends)
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
        found = apart(points * share, boxes, [])
        points = found if page(found) < page(points) else points
    return points


def rows(boxes: Array) -> Array:
    """Boxes without lines between them, in rows on a page of the usual shape."""
    import numpy as np

    limit = float(((boxes[:, 0] + GAP[0]) * (boxes[:, 1] + GAP[1])).sum() * SHAPE) ** 0.5
    places, x, y, high = [], 0.0, 0.0, 0.0
    for wide, tall in boxes.tolist():
        if x > 0 and x + wide > limit:
            x, y, high = 0.0, y + high + GAP[1], 0.0
        places.append((x + wide / 2, y + tall / 2))
        x, high = x + wide + GAP[0], max(high, tall)
    return np.array(places)


def spiral(count: int) -> Array:
    """Small steps, all different, by which points that coincide are told apart."""
    import numpy as np

    turn = np.arange(count)
    return np.column_stack([np.cos(turn), np.sin(turn)]) * (turn[:, None] + 1) / count


def _near(points: Array, boxes: Array) -> Array:
    """The pairs of boxes that may come to overlap while none moves by more than half the slack."""
    import numpy as np
    from scipy.spatial import cKDTree

    reach = boxes.max(axis=0) + GAP + _SLACK
    near = cKDTree(points / reach).query_pairs(1.0, p=np.inf, output_type="ndarray")
    near = near[np.lexsort((near[:, 1], near[:, 0]))]
    first, second = near.T
    between = np.abs(points[second] - points[first])
    return np.asarray(
        near[(between < (boxes[first] + boxes[second]) / 2 + GAP + _SLACK).all(axis=1)]
    )


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
    return np.asarray(moved / np.maximum(count, 1)[:, None] ** 0.5)


def _cleared(points: Array, boxes: Array, ends: Array) -> Array:
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
