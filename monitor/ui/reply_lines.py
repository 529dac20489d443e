"""The official's reply: it stands beside the rating wherever the rating is shown."""

from collections.abc import Sequence

import numpy as np

from monitor.read import log_entries, replies
from monitor.read.selection import View
from monitor.ui.markdown import line_to_markdown


def replies_in_words(view: View, rows: np.ndarray) -> dict[int, str]:
    """The replies about these commitments, each in a sentence; those without one are left out."""
    lines = replies.replies_beside_status(view, rows)
    return {row: line_to_markdown(view, line) for row, line in lines.items()}


def replies_by_entry(view: View, entries: Sequence[log_entries.LogEntry]) -> dict[int, str]:
    """The number of each assessment -> the last reply about its commitment, in a sentence, which says
    so when it is older than the entry."""
    given = replies.replies_by_entry(view, entries)
    return {
        int(entry.seq): line_to_markdown(
            view, replies.reply_beside_entry(view, given[entry.seq], entry)
        )
        for entry in entries
        if entry.seq in given
    }
