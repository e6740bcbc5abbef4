"""Points as far apart as things are in the graph: the energy of Kamada and Kawai.

Majorisation (Gansner, Koren and North) finds its minimum some ten times faster than the general
optimiser of networkx does. Nothing here is left to a linear algebra library, nor to a sine or a
power: what those give in the last bit depends on the processor and on how they were built, and a
last bit decides, after some hundred turns, where a box stands. Sums in a fixed order, products,
quotients and square roots are rounded the same everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from trabecula.picture import boxes

if TYPE_CHECKING:
    import numpy

Array: TypeAlias = "numpy.ndarray[Any, Any]"

_SCALING: Final = 60  # turns in which the directions are found that it starts from


def placed(count: int, ends: Array, lengths: Array, turns: int) -> Array:
    """Points whose distances are those in the graph, as nearly as a plane allows.

    `ends` are rows of two numbers of points that are joined, `lengths` how far apart those should
    be. What does not hang together stands a little farther apart than anything that does.
    """
    import numpy as np

    wanted = distances(count, ends, lengths)
    apart = np.isinf(wanted)
    wanted[apart] = 1.2 * wanted[~apart].max()
    points = scaled(wanted) + 1e-3 * wanted.max() * boxes.scattered(count)
    np.fill_diagonal(wanted, 1)
    weight = 1 / np.square(wanted)
    np.fill_diagonal(weight, 0)
    return _settled(points, wanted, weight, turns)


def distances(count: int, ends: Array, lengths: Array) -> Array:
    """How far each point is from each other along the lines, after Floyd and Warshall.

    >>> import numpy as np
    >>> distances(3, np.array([[0, 1], [1, 2]]), np.array([1.0, 2.0])).tolist()
    [[0.0, 1.0, 3.0], [1.0, 0.0, 2.0], [3.0, 2.0, 0.0]]
    """
    import numpy as np

    shortest = np.full((count, count), np.inf)
    np.fill_diagonal(shortest, 0)
    shortest[ends[:, 0], ends[:, 1]] = shortest[ends[:, 1], ends[:, 0]] = lengths
    through = np.empty_like(shortest)
    for row in shortest:
        np.add(row[:, None], row, out=through)
        np.minimum(shortest, through, out=shortest)
    return shortest


def scaled(wanted: Array) -> Array:
    """Classical scaling: the points seen from where their distances vary most.

    The two directions are found by turning any two with the matrix again and again.
    """
    import numpy as np

    square = np.square(wanted)
    means = square.mean(axis=1)
    matrix = (means[:, None] + means - square - means.mean()) / 2
    first, second = boxes.scattered(len(wanted)).T
    for _ in range(_SCALING):
        first = _unit(_times(matrix, first))
        second = _times(matrix, second)
        second = _unit(second - (first * second).sum() * first)
    return np.column_stack([_stretched(matrix, axis) for axis in (first, second)])


def _stretched(matrix: Array, axis: Array) -> Array:
    """A direction at the length that distances have along it; what is farthest out lies ahead."""
    import numpy as np

    length = np.sqrt(max((axis * _times(matrix, axis)).sum(), 1e-9))
    return np.asarray(axis * (-length if axis[np.abs(axis).argmax()] < 0 else length))


def inverse(matrix: Array) -> Array:
    """The inverse of a symmetric, positive definite matrix, after Gauss and Jordan."""
    import numpy as np

    inverted = matrix.copy()
    change = np.empty_like(inverted)
    for number in range(len(inverted)):
        column, pivot = inverted[:, number].copy(), inverted[number, number]
        row = inverted[number] / pivot
        np.multiply(column[:, None], row, out=change)
        np.subtract(inverted, change, out=inverted)
        inverted[number] = row
        inverted[:, number] = -column / pivot
        inverted[number, number] = 1 / pivot
    return inverted


def _settled(points: Array, wanted: Array, weight: Array, turns: int) -> Array:
    """The points after so many turns of majorisation, or when they hardly move any more."""
    import numpy as np

    count = len(points)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    back = inverse(laplacian + 1 / count) - 1 / count
    reach = weight * wanted
    x, y = points.T.copy()
    pull, across, along = (np.empty_like(wanted) for _ in range(3))
    for turn in range(turns):
        np.square(np.subtract(x[:, None], x, out=across), out=across)
        np.square(np.subtract(y[:, None], y, out=along), out=along)
        np.sqrt(np.add(across, along, out=pull), out=pull)
        np.divide(reach, np.maximum(pull, 1e-9, out=pull), out=pull)
        whole = pull.sum(axis=1)
        old_x, old_y = x, y
        x = _times(back, whole * x - _times(pull, x, across), across)
        y = _times(back, whole * y - _times(pull, y, along), along)
        if max(np.abs(x - old_x).max(), np.abs(y - old_y).max()) < 1e-6 * wanted.max():
            break
        if turn < turns - 1:
            x, y = 2 * x - old_x, 2 * y - old_y
    return np.column_stack([x, y])


def _times(matrix: Array, vector: Array, out: Array | None = None) -> Array:
    """The matrix times the vector, each row added up in the same order everywhere."""
    import numpy as np

    return np.asarray(np.multiply(matrix, vector, out=out).sum(axis=1))


def _unit(vector: Array) -> Array:
    """The vector at a length of 1."""
    import numpy as np

    return np.asarray(vector / np.sqrt(max(np.square(vector).sum(), 1e-300)))
