from __future__ import annotations

import math

import numpy as np
import pytest

from trabecula.picture import stress


def ring(count: int) -> tuple[stress.Array, stress.Array]:
    ends = np.array([(number, (number + 1) % count) for number in range(count)])
    return ends, np.ones(count)


def test_distances_are_the_shortest_ways_along_the_lines() -> None:
    ends = np.array([(0, 1), (1, 2), (2, 3), (0, 3), (4, 5)])
    lengths = stress.distances(6, ends, np.array([1.0, 1.0, 1.0, 2.5, 4.0]))
    assert lengths[0].tolist() == [0, 1, 2, 2.5, math.inf, math.inf]
    assert (lengths == lengths.T).all()


def test_the_inverse_undoes_the_matrix() -> None:
    rows = np.sin(np.arange(400.0).reshape(20, 20))
    matrix = rows @ rows.T + np.eye(20)
    assert np.allclose(stress.inverse(matrix) @ matrix, np.eye(20), atol=1e-9)


def test_points_of_a_plane_are_found_again_from_their_distances() -> None:
    turn = np.arange(30)
    points = np.column_stack([10 * np.sin(turn), 4 * np.cos(3 * turn)])
    wanted = np.sqrt(np.square(points[:, None] - points).sum(axis=2))
    again = stress.scaled(wanted)
    assert np.allclose(np.sqrt(np.square(again[:, None] - again).sum(axis=2)), wanted, atol=1e-3)


def test_a_ring_becomes_a_circle() -> None:
    ends, lengths = ring(24)
    points = stress.placed(24, ends, lengths, 100)
    radius = np.sqrt(np.square(points - points.mean(axis=0)).sum(axis=1))
    assert radius.std() < 0.02 * radius.mean()


def test_more_turns_bring_the_distances_nearer_to_those_wanted() -> None:
    ends = np.array([(number, number // 2) for number in range(1, 60)])
    wanted = stress.distances(60, ends, np.ones(59))

    def energy(turns: int) -> float:
        points = stress.placed(60, ends, np.ones(59), turns)
        distances = np.sqrt(np.square(points[:, None] - points).sum(axis=2))
        upper = np.triu_indices(60, 1)
        return float(np.square(distances[upper] / wanted[upper] - 1).sum())

    energies = [energy(turns) for turns in (1, 5, 25, 120)]
    assert energies == sorted(energies, reverse=True)
    assert energies[-1] < 0.8 * energies[0]


def test_what_does_not_hang_together_stands_apart() -> None:
    points = stress.placed(4, np.array([(0, 1), (2, 3)]), np.ones(2), 50)
    near, far = math.dist(points[0], points[1]), math.dist(points[0], points[2])
    assert far > near


@pytest.mark.parametrize("count", [1, 2, 3])
def test_very_few_points_have_places(count: int) -> None:
    ends = np.array([(number, number + 1) for number in range(count - 1)], int).reshape(-1, 2)
    assert np.isfinite(stress.placed(count, ends, np.ones(len(ends)), 20)).all()
