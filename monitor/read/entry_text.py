"""How an entry reads, without any markup: made here once, dressed by each page, sheet and feed.

What else an entry has to say is one more `Line` of `own_lines`, and every surface shows it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from monitor.areas import with_department
from monitor.i18n import number, partial_day, text
from monitor.models import Kind, SourceKind
from monitor.read import archives, log_entries
from monitor.read.labels import measure_title, status_label
from monitor.read.lines import Line, Mark, Span, Topic, fill_message, quoted_span
from monitor.read.mandates import is_after_death
from monitor.read.selection import View


@dataclass(frozen=True)
class EntryText:
    """`number`: leads to the entry's own address; `stands`: whether it still counts; `when`: the day;
    `measure`: « 1. Social innovation »; `status`: with its sign, or the kind of the entry; `summary`: ""
    for none."""

    seq: int
    number: Span
    reply: bool
    stands: bool
    when: str
    measure: str
    status: str
    summary: str
    lines: tuple[Line, ...]
    recorded_on: date


class _Cited:
    """A further source of an entry of that day, as `source_line` reads an entry."""

    def __init__(self, happened_on: str, source):
        self.happened_on = happened_on
        self.checked_on, self.link_status = source.checked_on, source.link_status
        self.found_archive = source.found_archive
        self.source_kind, self.source_title = source.source_kind, source.source_title
        self.source_publisher, self.source_url = source.source_publisher, source.source_url
        self.archive_url, self.quote = source.archive_url, source.quote


def entry_text(view: View, entry: log_entries.LogEntry) -> EntryText:
    """All that a public entry says, and what became of it."""
    return EntryText(
        seq=int(entry.seq),
        number=entry_number(entry.seq, view.lang),
        reply=entry.kind == Kind.REPLY,
        stands=entry.stands,
        when=partial_day(entry.happened_on, view.lang),
        measure=measure_title(view, entry.measure),
        status=entry_status(view, entry),
        summary=entry.summary or "",
        lines=(*own_lines(view, entry, entry.more_sources), *later_lines(view, entry)),
        recorded_on=date.fromisoformat(entry.recorded_at[:10]),
    )


def entry_number(seq: int, lang: str) -> Span:
    """« no. 5 », which leads to the entry's own address."""
    return Span(text("entry.number", lang, seq=number(int(seq), lang)), entry=int(seq))


def entry_status(view: View, entry) -> str:
    """Its status with its sign, or its kind."""
    if entry.status:
        return status_label(entry.status, view.lang)
    late = entry.kind == Kind.REPLY and is_after_death(
        view.state, entry.signatory_id, entry.happened_on
    )
    return view.text("kind.reply_after_death" if late else f"kind.{entry.kind}")


def own_lines(view: View, entry, more_sources: Iterable = ()) -> Iterator[Line]:
    """What an entry says beside its summary, whether it is public or not: its source, and what it quotes
    of it; those of `more_sources` (`queries.checked_rows_at`), then what it does to another entry, and
    why."""
    lang = view.lang
    cited = [_Cited(entry.happened_on, one) for one in more_sources]
    for one in (entry, *cited):
        if source := source_line(view, one):
            yield source
        if one.quote:
            yield Line(Topic.QUOTE, fill_message("entry.quote", lang, quote=quoted_span(one.quote)))
    if entry.supersedes_seq is not None:
        key = "entry.withdraws" if entry.kind == Kind.RETRACTION else "entry.corrects"
        yield _note(view, key, seq=_entry(view, entry.supersedes_seq))
    if entry.reason:
        yield Line(Topic.REASON, _reason(entry.reason, lang))


def source_line(view: View, entry) -> Line | None:
    """Kind of source, title, publisher; that its page is dead; the archived copy, or where to look for
    one. None where there is no source."""
    if not (entry.source_title or entry.source_url):
        return None
    lang = view.lang
    title = Span(entry.source_title or entry.source_url, Mark.QUOTED, entry.source_url or None)
    more = [Span(entry.source_publisher)] if entry.source_publisher else []
    if dead := archives.dead_source_note(entry, lang):
        more.append(Span(dead, Mark.STRONG))
    mark = Mark.COPY if entry.archive_url or entry.found_archive else Mark.SEARCH
    more += [Span(words, mark, href) for words, href in archives.copy_links(entry, lang)]
    if entry.source_kind and entry.source_kind != SourceKind.OTHER:
        kind = Span(view.text(f"source_kind.{entry.source_kind}"))
        sentence = fill_message("entry.evidence", lang, kind=kind, source=title)
    else:
        sentence = fill_message("entry.evidence_bare", lang, source=title)
    return Line(Topic.SOURCE, sentence, tuple(more))


def later_lines(view: View, entry: log_entries.LogEntry) -> Iterator[Line]:
    """That it is a new version, why it moves no status, and what was done to it later."""
    if entry.version > 1:
        yield _note(view, "entry.rewritten", file=Span(entry.file_name or "–"))
    if entry.uncounted:
        why = view.text(f"entry.uncounted_{entry.uncounted}")
        yield Line(Topic.NOTE, (Span(why),))
    if entry.redacted_seq is not None:
        yield _note(view, "entry.redacted", seq=Span(number(int(entry.redacted_seq), view.lang)))
    if entry.withdrawn_seq is not None:
        seq = Span(number(int(entry.withdrawn_seq), view.lang))
        yield _note(view, "entry.withdrawn_file", entry.withdrawn_reason, seq=seq)
    if not entry.stands and entry.later_seq is not None:
        corrects = _corrects(view, entry.later_seq, entry)
        key = "entry.corrected" if corrects else "entry.replaced"
        seq = {"seq": _entry(view, entry.later_seq)}
        if entry.later_kind == Kind.RETRACTION:
            key = "entry.withdrawn"
        elif about := _about_another(view, entry):
            key = "entry.corrected_elsewhere" if corrects else "entry.replaced_elsewhere"
            seq = {**seq, "about": Span(about)}
        yield _note(view, key, entry.later_reason, **seq)


def _corrects(view: View, seq: int, entry: log_entries.LogEntry) -> bool:
    """Whether the entry of that number is a version of this one, or corrects it: itself, or what does,
    be that public or not."""
    actions = view.log.actions
    later, own = np.searchsorted(actions.seq, (seq, entry.seq))
    if actions.first[later] == actions.first[own]:
        return True
    while target := actions.supersedes[later]:
        if target == actions.first[own]:
            return True
        later = np.searchsorted(actions.seq, target)
    return False


def _about_another(view: View, entry: log_entries.LogEntry) -> str:
    """What the entry in the place of this one is about: « Lyon (69) · Anne Avril · 1. Innovation »; ""
    where it is the same commitment."""
    actions = view.log.actions
    number = actions.commitment[np.searchsorted(actions.seq, entry.later_seq)]
    who, measure = view.log.commitments.loc[number, ["signatory_id", "measure"]]
    if (who, measure) == (entry.signatory_id, entry.measure):
        return ""
    title = measure_title(view, measure)
    if who == entry.signatory_id or (person := view.day_state.people_of([who]).get(who)) is None:
        return title
    place = with_department(person.commune_name, person.department_code)
    return f"{place} · {person.name} · {title}"


def _note(view: View, key: str, reason: str | None = None, **values: Span) -> Line:
    why = (Span(" "), *_reason(reason, view.lang)) if reason else ()
    return Line(Topic.NOTE, (*fill_message(key, view.lang, **values), *why))


def _reason(reason: str, lang: str) -> tuple[Span, ...]:
    return fill_message("entry.reason", lang, reason=quoted_span(reason))


def _entry(view: View, seq: int) -> Span:
    """The number of an entry, which leads there if everybody may read it."""
    return Span(
        number(int(seq), view.lang), entry=int(seq) if view.state.is_public(int(seq)) else None
    )
