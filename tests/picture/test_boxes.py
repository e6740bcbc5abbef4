from __future__ import annotations

import numpy as np

from trabecula.picture import boxes


def overlapping(points: boxes.Array, frames: boxes.Array) -> list[tuple[int, int]]:
    pairs = []
    for second in range(len(points)):
        for first in range(second):
            near = 2 * np.abs(points[second] - points[first]) < frames[second] + frames[first]
            if near.all():
                pairs.append((first, second))
    return pairs


def heap(count: int) -> tuple[boxes.Array, boxes.Array]:
    """Boxes of several sizes all but at one place."""
    turn = np.arange(count)
    points = np.column_stack([np.sin(turn), np.cos(3 * turn)]) * 20
    return points, np.column_stack([40 + 10 * (turn % 7), 24 + 18 * (turn % 3)]).astype(float)


def test_boxes_in_a_heap_come_apart() -> None:
    points, frames = heap(60)
    assert overlapping(boxes.apart(points, frames, []), frames) == []


def test_boxes_that_do_not_overlap_hardly_move() -> None:
    points = np.array([[0.0, 0.0], [300.0, 0.0], [0.0, 200.0]])
    frames = np.full((3, 2), 40.0)
    assert np.abs(boxes.apart(points, frames, []) - points).max() < 0.01


def test_a_box_on_a_line_is_moved_off_it() -> None:
    points = np.array([[0.0, 0.0], [600.0, 0.0], [300.0, 4.0]])
    frames = np.array([[40.0, 24.0]] * 3)
    parts = [(np.arange(3), np.array([[0, 1]]))]
    assert boxes.apart(points, frames, parts)[2, 1] > 15


def test_what_is_spread_keeps_left_left_and_takes_the_share_asked_for() -> None:
    points = np.column_stack([np.arange(100.0) ** 3, (np.arange(100) * 37) % 100])
    frames = np.full((100, 2), 40.0)
    places = boxes.spread(points, frames, 0.5)
    assert (np.diff(places[:, 0]) > 0).all()
    wide, high = np.ptp(places, axis=0)
    taken = ((frames[:, 0] + boxes.GAP[0]) * (frames[:, 1] + boxes.GAP[1])).sum()
    assert 0.45 < taken / (wide * high) < 0.55


def test_what_is_gathered_takes_less_room_and_does_not_overlap() -> None:
    points = np.array([[x * 900.0, y * 900.0] for x in range(5) for y in range(5)])
    frames = np.full((25, 2), 300.0)
    places = boxes.gathered(points, frames)
    assert overlapping(places, frames) == []
    assert np.ptp(places, axis=0).max() < 0.7 * np.ptp(points, axis=0).max()


def test_rows_hold_all_boxes_without_overlap() -> None:
    _, frames = heap(40)
    places = boxes.rows(frames)
    assert overlapping(places, frames) == []
    assert (places - frames / 2).min() >= 0


def test_neighbours_are_found_among_many_as_by_looking_at_each_pair() -> None:
    turn = np.arange(300)
    points = np.column_stack([3000 * np.sin(turn), 2000 * np.cos(7 * turn)])
    frames = np.column_stack([40 + 10 * (turn % 7), 24 + 18 * (turn % 3)]).astype(float)
    reach = (frames[:, None] + frames) / 2 + boxes.GAP + boxes._SLACK
    near = (np.abs(points[:, None] - points) < reach).all(axis=2)
    assert boxes._near(points, frames).tolist() == np.argwhere(np.triu(near, 1)).tolist()


def test_boxes_in_one_place_without_room_get_some() -> None:
    points, frames = np.zeros((200, 2)), np.full((200, 2), 60.0)
    assert overlapping(boxes.apart(points, frames, [], turns=0), frames) == []
