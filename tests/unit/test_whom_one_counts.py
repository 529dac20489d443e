"""Who answered measures signed nothing: a count of them says what they are."""

import pandas as pd
import pytest

from monitor.i18n import plural
from monitor.intake import read_pact
from monitor.read.wording import pact_wording
from tests.support.pacts import GOOD

#: Of two signatories: kinds, days of signature, whether measures were answered -> how they are counted.
COUNTED = [
    ((None, None), (None, None), False, "2 signataires", "2 signatories"),
    ((None, None), ("2026-02-01", "2026-02-02"), True, "2 signataires", "2 signatories"),
    ((None, "person"), (None, None), True, "2 personnes engagées", "2 committed people"),
    (("list", "list"), (None, None), True, "2 listes engagées", "2 committed lists"),
    (("party", "party"), (None, None), True, "2 partis engagés", "2 committed parties"),
    (("body", "body"), (None, None), True, "2 instances engagées", "2 committed bodies"),
    (("body", "list"), (None, None), True, "2 acteurs engagés", "2 committed actors"),
    ((None, None), ("2026-02-01", None), True, "2 acteurs engagés", "2 committed actors"),
]


@pytest.mark.parametrize(("kinds", "days", "answered", "french", "english"), COUNTED)
def test_who_only_answered_is_not_counted_as_a_signatory(kinds, days, answered, french, english):
    people = pd.DataFrame({"kind": kinds, "signed_on": days, "withdrawn_on": (None, None)})
    pact, _ = read_pact(GOOD.encode())
    assert pact
    words = pact_wording(pact, people, communes=False, answered=answered)
    said = [plural("count.signatories", 2, lang, **words) for lang in ("fr", "en")]
    assert said == [french, english]
