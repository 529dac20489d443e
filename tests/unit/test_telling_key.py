"""By what a reviewer knows a row that is corrected."""

import pytest

from monitor.commands.row_history import telling_key

ABOUT = {"signatory_id": "s1", "measure": "15", "happened_on": "2026-05-02"}


@pytest.mark.parametrize(
    ("content", "values", "told"),
    [
        ("actions", {"action_id": "a-f31dee9bc8cdadf7", **ABOUT}, tuple(ABOUT.items())),
        ("actions", {"action_id": "g1", **ABOUT}, (("action_id", "g1"),)),
        ("signatories", ABOUT, (("signatory_id", "s1"),)),
    ],
)
def test_an_entry_whose_id_nobody_wrote_is_told_by_whom_and_what_it_is_about(content, values, told):
    assert telling_key(content, values) == told
