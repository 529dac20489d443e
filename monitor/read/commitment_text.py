"""How a commitment reads on the day of a view, without any markup: made here once, dressed by each page
and sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from monitor.i18n import day, number, plural, text
from monitor.models import Status, Verdict
from monitor.read import careers
from monitor.read.known_days import since_in_words
from monitor.read.labels import lateness_label, measure_title
from monitor.read.selection import View
from monitor.schema import Values
from monitor.table_rows import CommitmentRow


class Fact(NamedTuple):
    """One thing to know: `value` under its `name` in a list, or `words` as part of a sentence."""

    name: str
    value: str
    words: str


@dataclass(frozen=True)
class CommitmentText:
    """`whole_title`: the title of its measure, "" where `title` does not cut it; `wording`: "" where
    the title is the same; `own_wording`: that of this commitment alone, "" where it has none;
    `criterion`: None where the pact has none; `word`: its status in words; `since`: how long it has had
    that status, "" where nothing says so; `apart`: what else must be said where it does not bind on the
    day, "" where it does."""

    title: str
    whole_title: str
    wording: str
    own_wording: str
    criterion: str | None
    status: Status
    word: str
    since: str
    apart: str
    facts: tuple[Fact, ...]


def commitment_text(view: View, row: CommitmentRow, detail: Values | None = None) -> CommitmentText:
    """`detail`: what details.csv says of it."""
    measure = view.measure(row.measure)
    title = measure.title(view.lang)
    since, verdict = since_in_words(view, row), careers.verdict_in_words(row, view.lang)
    why = "" if row.binding else careers.why_not_binding(view, row)
    told = (*_facts(view, row, since, verdict, why), *_own_facts(view, detail))
    return CommitmentText(
        title=measure_title(view, row.measure),
        whole_title="" if title.split() == view.titles[measure.id].split() else title,
        wording="" if title == measure.wording else measure.wording.strip(),
        own_wording=(detail and detail.wording) or "",
        criterion=measure.criterion(view.lang),
        status=Status(row.status),
        word=text(f"status.{row.status}", view.lang),
        since=since,
        apart=f"{verdict}, {why}" if why and row.verdict != Verdict.WITHDRAWN else why,
        facts=told,
    )


def _own_facts(view: View, detail: Values | None) -> Iterator[Fact]:
    """Who is in charge, and what is noted of this commitment alone."""
    for name in ("in_charge", "note"):
        if value := detail and getattr(detail, name):
            said = text(f"city.{name}", view.lang, said=value)
            yield Fact(text(f"sheet.{name}", view.lang), value, said)


def _facts(
    view: View, row: CommitmentRow, since: str, verdict: str, why_apart: str
) -> Iterator[Fact]:
    lang = view.lang

    def fact(name: str, value: str | None, words: str = "") -> Fact:
        return Fact(text(f"sheet.{name}", lang), value or "", words or value or "")

    if since:
        yield fact("status_since", since_in_words(view, row, bare=True), since)
    yield fact("verdict", verdict, text("city.verdict", lang, verdict=verdict))
    if row.lateness:
        yield fact("lateness", lateness_label(row.lateness, row.status, lang))
    if row.due_on is None:
        none = "no_due" if row.binding else "no_due_apart"
        yield fact("due", text(f"sheet.{none}", lang), text(f"city.{none}", lang))
    else:
        due_on = day(row.due_on, lang)
        yield fact("due", due_on, text("city.due", lang, day=due_on))
    if why_apart:
        yield fact("binding", why_apart)
    yield fact("count", number(row.actions, lang), plural("city.standing", row.actions, lang))
