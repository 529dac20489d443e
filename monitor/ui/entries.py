"""Entries of the log on a page: what `entry_text` says, in markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

import streamlit as st

from monitor.i18n import moment, number
from monitor.read import entry_text, log_entries
from monitor.read.cache import per_view
from monitor.read.entry_text import EntryText
from monitor.read.lines import Line, Topic
from monitor.read.selection import View
from monitor.titles import shorten_title
from monitor.ui.markdown import line_to_markdown, md, span_to_markdown
from monitor.ui.page_run import t

#: Letters of a summary in a list of entries, which lead to it in full.
BRIEF = 160


@dataclass(frozen=True)
class Paragraph:
    """Words in markdown; `framed`: in a frame of their own, as is a reply of the official."""

    framed: bool
    words: str


@per_view
def entry_texts(view: View, seqs: tuple[int, ...], measured: bool = False) -> dict[int, Paragraph]:
    """Entries by their seq, each with a link to its own address; what is not public is left out.
    `measured`: each names its measure, where no heading does."""
    read = (entry_text.entry_text(view, entry) for entry in log_entries.read_entries(view, seqs))
    return {entry.seq: entry_paragraph(view, entry, measured) for entry in read}


def entry_paragraph(view: View, entry: EntryText, measured: bool = False) -> Paragraph:
    """An entry with a link to its own address; `measured`: it names its measure."""
    return Paragraph(
        entry.reply, entry_in_words(view, entry, md(entry.measure) if measured else "")
    )


def show_paragraphs(paragraphs: Iterable[Paragraph]) -> None:
    """Paragraphs one under the other; those that stand in no frame are one text."""
    for framed, some in groupby(paragraphs, key=lambda one: one.framed):
        if not framed:
            st.markdown("\n\n".join(one.words for one in some))
            continue
        for one in some:
            with st.container(border=True):
                st.markdown(one.words)


def entry_in_words(view: View, entry: EntryText, about: str = "") -> str:
    """One entry in markdown, with a link to its own address. `about`: what it is about, in markdown,
    where no heading says so."""
    words = [_head(entry, about), *(line_to_markdown(view, line) for line in entry.lines)]
    words[_evidence_end(entry.lines)] += f" · {span_to_markdown(view, entry.number)}"
    return "  \n".join(words)


def shorten_entry(entry: EntryText) -> EntryText:
    """An entry for a list: without its quotation, its summary cut after BRIEF letters."""
    lines = tuple(line for line in entry.lines if line.topic is not Topic.QUOTE)
    return replace(entry, summary=shorten_title(entry.summary, BRIEF), lines=lines)


def whole_entry_in_words(view: View, entry: log_entries.LogEntry) -> str:
    """One entry in markdown at its own address, with who recorded it and when."""
    words = entry_text.entry_text(view, entry)
    lines = (line_to_markdown(view, line) for line in words.lines)
    return "  \n".join([_head(words), *lines, _recorded(view, entry)])


def _evidence_end(lines: Sequence[Line]) -> int:
    """How many lines, which come first, are its evidence."""
    return sum(line.topic in (Topic.QUOTE, Topic.SOURCE) for line in lines)


def _head(entry: EntryText, about: str = "") -> str:
    strike = "" if entry.stands else "~~"
    parts = [f"**{md(entry.when)}**", about, f"**{md(entry.status)}**"]
    summary = f" — {md(entry.summary)}" if entry.summary else ""
    return f"{strike}{' · '.join(filter(None, parts))}{summary}{strike}"


def source_in_words(view: View, entry) -> str:
    """The evidence of an entry in markdown, "" where there is none."""
    source = entry_text.source_line(view, entry)
    return line_to_markdown(view, source) if source else ""


def evidence_in_words(view: View, entry) -> str:
    """The same, then a link to the entry's own address."""
    number = span_to_markdown(view, entry_text.entry_number(entry.seq, view.lang))
    return " · ".join(filter(None, (source_in_words(view, entry), number)))


def _recorded(view: View, entry: log_entries.LogEntry) -> str:
    when = moment(datetime.fromisoformat(entry.recorded_at), view.lang)
    by = t("entry.by_file", file=md(entry.file_name)) if entry.file_name else md(entry.author)
    seq = number(int(entry.seq), view.lang)
    words = t("entry.recorded", seq=seq, action=md(entry.action_id), when=when, by=by)
    if entry.reviewer:
        words += " · " + t("entry.reviewed", by=md(entry.reviewer))
    return words
