"""If silence were ignorance: the share of what is still read, while enough people are read about."""

import numpy as np
import pytest

from monitor.analysis.incidence import Spells
from monitor.read.incidence import share_without_silence

LATE = 900


def spells_of(read_late: int) -> Spells:
    """Forty commitments of ten people, of whom nothing is read after day 100 but for some of them, who
    are read on day 800 to have done it."""
    people = np.arange(40) // 4
    late = people < read_late
    return Spells(
        entry=np.zeros(40, dtype=np.int64),
        exit=np.where(late, 800, 100),
        cause=late.astype(np.int64),
        cluster=people,
    )


@pytest.mark.parametrize(("read_late", "known"), [(1, False), (4, False), (5, True), (10, True)])
def test_a_few_who_are_still_read_do_not_speak_for_all(read_late, known):
    early, end, beyond = share_without_silence(spells_of(read_late), np.array([100, 800, LATE]))
    assert early == 0 and np.isnan(beyond)
    assert end == 1 if known else np.isnan(end)
