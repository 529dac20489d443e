"""Entries of the log on a page: date, what, evidence, and what became of it since."""

from collections import namedtuple
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import quote, urldefrag

import numpy as np
import pandas as pd
import streamlit as st

from monitor import export, queries
from monitor.charts import SIGNS
from monitor.dates import interval, to_day
from monitor.i18n import moment, partial_day
from monitor.models import Kind, LinkState, Status
from monitor.snapshot import Snapshot
from monitor.status import spans
from monitor.store.journal import last_seq
from monitor.ui import session
from monitor.ui.kept import per_filter, per_view
from monitor.ui.view import View, language, t
from monitor.ui.words import md

MICROSECONDS = 86_400_000_000  # a day
WAYBACK = "https://web.archive.org/"


#: An entry, `stands`: whether it still counts; `outside`: it stands and moves no status, because it
#: happened outside every binding mandate.
Shown = namedtuple("Shown", (*queries.ACTION_COLUMNS, "stands", "outside"))


@per_filter
def seqs(view: View, recorded: bool = False) -> np.ndarray:
    """The public entries about the commitments that the filters keep, newest first.

    By the day of the fact, of those that have happened by the day of the view; or, with
    `recorded`, by the order in which they came into the log.
    """
    rows = None if view.rows is None else _about(view, view.rows)
    return _newest_first(view, rows, recorded)


def seqs_about(view: View, commitments: np.ndarray) -> np.ndarray:
    """The public entries about some commitments (rows of `view.everything`), newest first by the day
    of the fact."""
    return _newest_first(view, _about(view, commitments), recorded=False)


def _about(view: View, commitments: np.ndarray) -> np.ndarray:
    """The rows of the public actions about these commitments."""
    rows, offsets = session.about(view.snapshot, view.log.pact.id, view.known_at)
    return rows[spans(offsets, commitments)]


def _newest_first(view: View, rows: np.ndarray | None, recorded: bool) -> np.ndarray:
    actions = view.log.actions
    rows = np.flatnonzero(_public(view)) if rows is None else np.sort(rows)
    day = np.minimum(actions.last_day[rows], actions.recorded_at[rows] // MICROSECONDS)
    come = day <= to_day(view.day)
    rows, day = rows[come], day[come]
    if not recorded:
        rows = rows[np.argsort(day, kind="stable")]
    return actions.seq[rows][::-1]


def number_in(asked: str | None) -> int:
    """The number of an entry as somebody typed it or put it into an address, 0 if it is none."""
    return int(asked) if asked and asked.isdecimal() and len(asked) < 10 else 0


def public(view: View, seq: int) -> bool:
    """Whether everybody may read the entry."""
    seqs = view.log.actions.seq
    row = int(np.searchsorted(seqs, seq))
    return row < len(seqs) and seqs[row] == seq and bool(_public(view)[row])


def _public(view: View) -> np.ndarray:
    return session.public(view.snapshot, view.log.pact.id, view.known_at)


def read(view: View, seqs: Sequence[int]) -> list[Shown]:
    """Public entries with their texts, in that order."""
    if not len(seqs):
        return []
    with session.store().reading() as database:
        checked = last_seq(database, view.known_at) if view.known_at else view.snapshot.seq
        found = queries.entries(database, seqs, _until(view.snapshot, view), checked)
    numbers = np.array([entry.seq for entry in found], dtype=np.int64)
    everything, assessments = session.standing(view.snapshot, view.log.pact.id, view.known_at)
    standing, moving = _among(numbers, everything).tolist(), _among(numbers, assessments).tolist()
    return [
        Shown(
            *entry,
            stands=stands or (entry.kind == Kind.RETRACTION and _untouched(entry)),
            outside=stands and not moves and entry.kind == Kind.ASSESSMENT,
        )
        for entry, stands, moves in zip(found, standing, moving, strict=True)
    ]


def _untouched(entry: queries.Entry) -> bool:
    return entry.later_seq is None and entry.withdrawn_seq is None


def _among(seqs: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    if not len(ordered):
        return np.zeros(len(seqs), dtype=bool)
    return ordered[np.minimum(np.searchsorted(ordered, seqs), len(ordered) - 1)] == seqs


def _until(snapshot: Snapshot, view: View) -> int:
    """The last entry that was in the log at the time of knowledge."""
    if view.known_at is None:
        return snapshot.seq
    seqs = view.log.actions.seq[view.log.actions.visible(view.known_at)]
    return int(seqs.max(initial=0))


@dataclass(frozen=True)
class Said:
    """An entry in markdown. A reply of the official stands in a frame of its own."""

    reply: bool
    words: str


@per_view
def texts(view: View, seqs: tuple[int, ...]) -> dict[int, Said]:
    """Entries by their seq, each with a link to its own address; what is not public is left out."""
    return {
        int(entry.seq): Said(entry.kind == Kind.REPLY, in_words(entry, view))
        for entry in read(view, seqs)
    }


def show(said: Iterable[Said]) -> None:
    """Entries one under the other; those that stand in no frame are one text."""
    for framed, some in groupby(said, key=lambda one: one.reply):
        if not framed:
            st.markdown("\n\n".join(one.words for one in some))
            continue
        for one in some:
            with st.container(border=True):
                st.markdown(one.words)


def in_words(entry, view: View, *, whole: bool = False) -> str:
    """One entry in markdown. `whole`: with who recorded it and when, else with a link to that."""
    strike = "" if entry.stands else "~~"
    when = partial_day(entry.happened_on, view.lang)
    summary = f" — {md(entry.summary)}" if entry.summary else ""
    lines = [f"{strike}**{when}** · **{what(entry)}**{summary}{strike}"]
    if entry.quote:
        lines.append(t("entry.quote", quote=md(entry.quote)))
    if source := evidence(entry):
        lines.append(source)
    if entry.reason:
        lines.append(t("entry.reason", reason=md(entry.reason)))
    lines += _since(entry, view)
    if whole:
        lines.append(_recorded(entry, view))
    else:
        lines[-1] += f" · {permalink(entry, view)}"
    return "  \n".join(lines)


def what(entry) -> str:
    """Its status with its sign, or its kind."""
    if entry.status:
        return f"{SIGNS[Status(entry.status)]} {t(f'status.{entry.status}')}"
    return t(f"kind.{entry.kind}")


def evidence(entry) -> str:
    """Kind of source, title as a link, publisher, archived copy or where to look for one, and that
    the page is dead: markdown, "" when there is none."""
    if not (entry.source_title or entry.source_url):
        return ""
    title = md(entry.source_title or entry.source_url)
    parts = [link(title, entry.source_url) if entry.source_url else title]
    if entry.source_publisher:
        parts.append(md(entry.source_publisher))
    archive = entry.archive_url or entry.found_archive
    if entry.link_status == LinkState.DEAD:
        when = partial_day(entry.checked_on, language())
        parts.append(t("entry.dead_archived" if archive else "entry.dead", day=when))
    if archive:
        parts.append(link(t("entry.archive"), archive))
    elif entry.source_url and not entry.source_url.startswith(WAYBACK):
        parts.append(link(t("entry.find_copy"), archived(entry.source_url, entry.happened_on)))
    kind = t(f"source_kind.{entry.source_kind}") if entry.source_kind else t("entry.source")
    return t("entry.evidence", kind=kind, source=" · ".join(parts))


def link(label: str, url: str) -> str:
    """A markdown link whose address cannot end early. The address was checked when it came in."""
    return f"[{label}]({quote(url, safe=':/?#@!$&+,;=%~-._')})"


def archived(url: str, happened_on: str) -> str:
    """Where the Internet Archive shows its copy of a page nearest to the day of a fact: its times are
    digits, the last of which may be left out (YYYYMMDDhhmmss)."""
    day = interval(happened_on)[0]
    return f"{WAYBACK}web/{day:%Y%m%d}/{urldefrag(url).url}"


def permalink(entry, view: View) -> str:
    """A link to the entry's own address."""
    return f"[{t('entry.number', seq=entry.seq)}]({_address(view, entry.seq)})"


def _address(view: View, seq: int) -> str:
    return view.url("actions", entree=str(seq))


def _numbered(seq: int, view: View) -> str:
    """The number of an entry, as a link where everybody may read it."""
    said = t("entry.number", seq=seq)
    if not public(view, seq):
        return said
    return f"[{said}]({_address(view, seq)})"


def _since(entry, view: View) -> list[str]:
    """What came later: a new version, a correction, a retraction; or that it was outside office."""
    lines = []
    if entry.outside:
        lines.append(t("entry.outside"))
    if entry.redacted_seq is not None:
        lines.append(t("entry.redacted", seq=entry.redacted_seq))
    if entry.withdrawn_seq is not None:
        why = f" {md(entry.withdrawn_reason)}" if entry.withdrawn_reason else ""
        lines.append(t("entry.withdrawn_file", seq=entry.withdrawn_seq) + why)
    if not entry.stands and entry.later_seq is not None:
        kind = "withdrawn" if entry.later_kind == Kind.RETRACTION else "corrected"
        reason = f" {md(entry.later_reason)}" if entry.later_reason else ""
        lines.append(t(f"entry.{kind}", seq=entry.later_seq) + reason)
    if entry.supersedes:
        kind = "withdraws" if entry.kind == Kind.RETRACTION else "corrects"
        lines.append(t(f"entry.{kind}", action=_numbered(int(entry.supersedes_seq), view)))
    if entry.version > 1:
        lines.append(t("entry.rewritten", file=md(entry.file_name or "–")))
    return lines


def _recorded(entry, view: View) -> str:
    when = moment(datetime.fromisoformat(entry.recorded_at), view.lang)
    by = t("entry.by_file", file=md(entry.file_name)) if entry.file_name else md(entry.author)
    said = t("entry.recorded", seq=entry.seq, action=md(entry.action_id), when=when, by=by)
    if entry.reviewer:
        said += " · " + t("entry.reviewed", by=md(entry.reviewer))
    return said


def exported(view: View, seqs: Sequence[int], replies: pd.DataFrame) -> pd.DataFrame:
    """The entries as open data: `export.actions`, with the replies (`export.replies`)."""
    named = view.everything.loc[replies.index, ["signatory_id", "measure"]].join(replies)
    with session.store().reading() as database:
        return export.actions(
            database, seqs, view.known.everything.seq, _until(view.snapshot, view), named
        )
