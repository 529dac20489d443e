"""Actions to state, as of any day and as known at any time: pure and vectorised.

The rules are those of the method page. State is never stored: it is a function of the log.
"""

from monitor.status.fold import changes, fold, is_news, last_replies, people, replies
from monitor.status.known import Known, Roll, known, roll, roll_since
from monitor.status.office import (
    REASONS,
    facts_uncounted,
    last_day,
    why_fact_uncounted,
    why_mandate_uncounted,
)
from monitor.status.runs import Runs, ever_bound, over_time, runs, spans

__all__ = [
    "REASONS", "Known", "Roll", "Runs", "changes", "ever_bound", "facts_uncounted", "fold", "is_news",
    "known", "last_day", "last_replies", "over_time", "people", "replies", "roll", "roll_since", "runs",
    "spans", "why_fact_uncounted", "why_mandate_uncounted",
]  # fmt: skip
