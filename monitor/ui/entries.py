"""Entries of the log on a page: date, what, evidence, and what became of it since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import streamlit as st

from monitor.charts import SIGNS
from monitor.i18n import moment, partial_day
from monitor.models import Kind, Status
from monitor.read import archives, log_entries
from monitor.read.memoise import per_view
from monitor.read.selection import View
from monitor.ui.markdown import link, md
from monitor.ui.page_run import language, t


@dataclass(frozen=True)
class EntryTexts:
    """An entry in markdown. A reply of the official stands in a frame of its own."""

    reply: bool
    words: str


@per_view
def entry_texts(view: View, seqs: tuple[int, ...], measured: bool = False) -> dict[int, EntryTexts]:
    """Entries by their seq, each with a link to its own address; what is not public is left out.
    `measured`: each names its measure, where no heading does."""
    return {
        int(entry.seq): EntryTexts(
            entry.kind == Kind.REPLY, entry_in_words(entry, view, measured=measured)
        )
        for entry in log_entries.read(view, seqs)
    }


def show_entries(said: Iterable[EntryTexts]) -> None:
    """Entries one under the other; those that stand in no frame are one text."""
    for framed, some in groupby(said, key=lambda one: one.reply):
        if not framed:
            st.markdown("\n\n".join(one.words for one in some))
            continue
        for one in some:
            with st.container(border=True):
                st.markdown(one.words)


def entry_in_words(entry, view: View, *, whole: bool = False, measured: bool = False) -> str:
    """One entry in markdown. `whole`: with who recorded it and when, else with a link to that;
    `measured`: with its measure."""
    strike = "" if entry.stands else "~~"
    when = partial_day(entry.happened_on, view.lang)
    summary = f" — {md(entry.summary)}" if entry.summary else ""
    measure = ""
    if measured:
        measure = f"{md(f'{entry.measure}. {view.titles.get(entry.measure, str())}')} · "
    lines = [f"{strike}**{when}** · {measure}**{entry_status(entry)}**{summary}{strike}"]
    if entry.quote:
        lines.append(t("entry.quote", quote=md(entry.quote)))
    if source := entry_evidence(entry):
        lines.append(source)
    if not whole:
        lines[-1] += f" · {entry_permalink(entry, view)}"
    if entry.reason:
        lines.append(t("entry.reason", reason=md(entry.reason)))
    lines += later_events(entry, view)
    if whole:
        lines.append(_recorded(entry, view))
    return "  \n".join(lines)


def entry_status(entry) -> str:
    """Its status with its sign, or its kind."""
    if entry.status:
        return f"{SIGNS[Status(entry.status)]} {t(f'status.{entry.status}')}"
    return t(f"kind.{entry.kind}")


def entry_evidence(entry) -> str:
    """Kind of source, title as a link, publisher, archived copy or where to look for one, and that
    the page is dead: markdown, "" when there is none."""
    if not (entry.source_title or entry.source_url):
        return ""
    title = entry.source_title or entry.source_url
    parts = [link(title, entry.source_url) if entry.source_url else md(title)]
    if entry.source_publisher:
        parts.append(md(entry.source_publisher))
    if said := archives.dead(entry, language()):
        parts.append(f"**{said}**")
    parts += [link(words, url) for words, url in archives.copies(entry, language())]
    kind = t(f"source_kind.{entry.source_kind}") if entry.source_kind else t("entry.source")
    return t("entry.evidence", kind=kind, source=" · ".join(parts))


def entry_permalink(entry, view: View) -> str:
    """A link to the entry's own address."""
    return f"[{t('entry.number', seq=entry.seq)}]({_address(view, entry.seq)})"


def _address(view: View, seq: int) -> str:
    return view.url("actions", entree=str(seq))


def _linked(seq: int, said: str, view: View) -> str:
    """What names an entry, as a link where everybody may read it."""
    return f"[{said}]({_address(view, seq)})" if log_entries.public(view, seq) else said


def later_events(entry, view: View) -> list[str]:
    """What came later: a new version, a correction, a retraction; or why it moves no status."""
    lines = []
    if entry.uncounted:
        lines.append(t(f"entry.uncounted_{entry.uncounted}"))
    if entry.redacted_seq is not None:
        lines.append(t("entry.redacted", seq=entry.redacted_seq))
    if entry.withdrawn_seq is not None:
        why = f" {md(entry.withdrawn_reason)}" if entry.withdrawn_reason else ""
        lines.append(t("entry.withdrawn_file", seq=entry.withdrawn_seq) + why)
    if not entry.stands and entry.later_seq is not None:
        kind = "withdrawn" if entry.later_kind == Kind.RETRACTION else "corrected"
        reason = f" {md(entry.later_reason)}" if entry.later_reason else ""
        later = _linked(int(entry.later_seq), str(entry.later_seq), view)
        lines.append(t(f"entry.{kind}", seq=later) + reason)
    if entry.supersedes:
        kind = "withdraws" if entry.kind == Kind.RETRACTION else "corrects"
        target = int(entry.supersedes_seq)
        said = _linked(target, t("entry.number", seq=target), view)
        lines.append(t(f"entry.{kind}", action=said))
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
