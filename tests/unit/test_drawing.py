"""Who is looked at before the certain matches are confirmed together."""

from hashlib import sha256

import pytest

from monitor.matching.sorting import DRAWN, draw_sample

NAMES = [f"s-{n}" for n in range(100)]
SEED = "mouves-2014,2014-04-25"
ORDER = sorted(NAMES, key=lambda one: sha256(f"{SEED}:{one}".encode()).hexdigest())


def test_anybody_draws_the_same_people_whatever_their_order():
    assert (
        draw_sample(reversed(NAMES), set(), SEED)
        == draw_sample(NAMES, set(), SEED)
        == ORDER[:DRAWN]
    )


@pytest.mark.parametrize(
    ("refused", "count"),
    [
        ([], DRAWN),
        (ORDER[:1], 2 * DRAWN),
        # One of those who were drawn after the first error.
        ([ORDER[0], ORDER[DRAWN]], 3 * DRAWN),
        # Somebody who was not drawn draws nobody.
        (ORDER[-1:], DRAWN),
        (ORDER[:10], 100),
    ],
)
def test_each_error_among_those_drawn_draws_twenty_more(refused, count):
    assert draw_sample(NAMES, set(refused), SEED) == ORDER[:count]


@pytest.mark.parametrize("names", [[], NAMES[:3]])
def test_all_are_looked_at_where_they_are_few(names):
    assert sorted(draw_sample(names, set(), SEED)) == names
