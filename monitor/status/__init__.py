"""From actions to statuses, as of any day and as known at any time: pure and vectorised.

The rules are those of the method page. State is never stored: it is a function of the log.
"""

from monitor.status.commitments import answers_on, put_former
from monitor.status.fold import fold, status_codes
from monitor.status.fold_people import fold_people
from monitor.status.history import (
    actions_by_commitment,
    is_news,
    last_replies,
    standing_replies,
    status_changes,
    unpromised_entries,
)
from monitor.status.known import KnownPact, Roll, bound_roll, roll_since, what_is_known
from monitor.status.office import (
    REASONS,
    facts_uncounted,
    last_day,
    why_fact_uncounted,
    why_mandate_uncounted,
)
from monitor.status.patch import (
    Patch,
    patch_changes,
    patch_fold,
    patch_grouped,
    patch_known,
    patch_replies,
    patch_runs,
    patch_seqs,
)
from monitor.status.runs import Runs, ever_bound, group_positions, over_time, status_runs
from monitor.status.standing import replacing_entries

__all__ = [
    "REASONS",
    "KnownPact",
    "Patch",
    "Roll",
    "Runs",
    "actions_by_commitment",
    "answers_on",
    "bound_roll",
    "ever_bound",
    "facts_uncounted",
    "fold",
    "fold_people",
    "group_positions",
    "is_news",
    "last_day",
    "last_replies",
    "over_time",
    "patch_changes",
    "patch_fold",
    "patch_grouped",
    "patch_known",
    "patch_replies",
    "patch_runs",
    "patch_seqs",
    "put_former",
    "replacing_entries",
    "roll_since",
    "standing_replies",
    "status_changes",
    "status_codes",
    "status_runs",
    "unpromised_entries",
    "what_is_known",
    "why_fact_uncounted",
    "why_mandate_uncounted",
]
