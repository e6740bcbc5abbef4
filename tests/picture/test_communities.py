from __future__ import annotations

from collections import Counter
from itertools import combinations

from trabecula.picture.communities import _bundled, communities

Links = list[tuple[int, int, float]]


def cliques(count: int, size: int) -> Links:
    """Groups in which all are linked, and one link from each to the next."""
    inside = [
        (size * group + first, size * group + second, 1.0)
        for group in range(count)
        for first, second in combinations(range(size), 2)
    ]
    return inside + [(size * group, size * group - 1, 1.0) for group in range(1, count)]


def test_what_is_densely_linked_is_one_group() -> None:
    home = communities(50, cliques(5, 10), most=20)
    assert home == [number // 10 for number in range(50)]


def test_no_group_is_larger_than_asked_for() -> None:
    for most in (1, 7, 10, 1000):
        home = communities(50, cliques(5, 10), most)
        assert max(Counter(home).values()) <= most


def test_what_hangs_on_a_full_group_is_put_together() -> None:
    # A star of which the group of the hub holds ten.
    home = communities(100, [(0, leaf, 1.0) for leaf in range(1, 100)], most=10)
    assert sorted(Counter(home).values()) == [10] * 10


def test_groups_are_counted_from_nought_in_the_order_of_their_first_members() -> None:
    home = communities(60, cliques(6, 10), most=10)
    assert list(dict.fromkeys(home)) == list(range(6))


def test_links_may_repeat_and_lead_back() -> None:
    links = cliques(3, 4)
    assert communities(12, [*links, *links, (5, 5, 9.0)], 4) == communities(12, links, 4)


def test_members_without_links_are_groups_of_their_own() -> None:
    assert communities(3, [], most=5) == [0, 1, 2]


def test_groups_of_fewer_than_eight_are_put_with_others_on_the_same_group() -> None:
    def homes(*sizes: int) -> list[int]:
        """Groups of these sizes, of which the first is the one that the others hang on."""
        near = [dict.fromkeys(range(1, len(sizes)), 1.0), *({0: 1.0} for _ in sizes[1:])]
        return _bundled(near, list(sizes), 20)

    assert homes(20, 7, 7) == [0, 1, 1]
    assert homes(20, 8, 8) == [0, 1, 2]
    # Three of seven do not fit into one of twenty.
    assert homes(20, 7, 7, 7) == [0, 1, 1, 2]
