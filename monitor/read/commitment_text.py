"""How a commitment reads on the day of a view, without any markup: made here once, dressed by each page
and sheet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from monitor.i18n import day, number, on_day, partial_day, plural, since_day, text
from monitor.models import FOUND, Status, Verdict
from monitor.read import careers
from monitor.read.known_days import status_day
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
    `criterion`: None where the pact has none; `lacks_criterion`: whether that is to be said of this one,
    where others have one; `word`: its status in words; `since`: how long it has had
    that status, "" where nothing says so; `apart`: what else must be said where it does not bind on the
    day, "" where it does."""

    title: str
    whole_title: str
    wording: str
    own_wording: str
    criterion: str | None
    lacks_criterion: bool
    status: Status
    word: str
    since: str
    apart: str
    facts: tuple[Fact, ...]


def has_criteria(view: View) -> bool:
    """Whether the pact says of any measure what makes it implemented."""
    return any(measure.criterion(view.lang) for measure in view.pact.measures)


def commitment_text(view: View, row: CommitmentRow, detail: Values | None = None) -> CommitmentText:
    """`detail`: what details.csv says of it."""
    measure, lang = view.measure(row.measure), view.lang
    title, since = measure.title(lang), status_day(view, row)
    verdict = careers.verdict_in_words(row, lang)
    why = "" if row.binding else careers.why_not_binding(view, row)
    return CommitmentText(
        title=measure_title(view, row.measure),
        whole_title="" if title.split() == view.titles[measure.id].split() else title,
        wording="" if title == measure.wording else measure.wording.strip(),
        own_wording=(detail and detail.wording) or "",
        criterion=measure.criterion(lang),
        lacks_criterion=not measure.criterion(lang) and has_criteria(view),
        status=Status(row.status),
        word=text(f"status.{row.status}", lang),
        since=_dated(row.status, since, lang) if since else "",
        apart=f"{verdict}, {why}" if why and row.verdict != Verdict.WITHDRAWN else why,
        facts=tuple(_facts(row, detail, since, verdict, why, lang)),
    )


def _facts(
    row: CommitmentRow, detail: Values | None, since: str | None, verdict: str, why: str, lang: str
) -> Iterator[Fact]:
    """Where it stands; then who is in charge, and what is noted of this commitment alone."""

    def fact(name: str, value: str, words: str = "") -> Fact:
        return Fact(text(f"sheet.{name}", lang), value, words or value)

    if since:
        name = "status_found" if row.status in FOUND else "status_since"
        yield fact(name, partial_day(since, lang), _dated(row.status, since, lang))
    yield fact("verdict", verdict, text("city.verdict", lang, verdict=verdict))
    if row.lateness:
        yield fact("lateness", lateness_label(row.lateness, row.status, lang))
    if row.due_on is None:
        none = "no_due" if row.binding else "no_due_apart"
        yield fact("due", text(f"sheet.{none}", lang), text(f"city.{none}", lang))
    else:
        due_on = day(row.due_on, lang)
        yield fact("due", due_on, text("city.due", lang, day=due_on))
    if why:
        yield fact("binding", why)
    yield fact("count", number(row.actions, lang), plural("city.standing", row.actions, lang))

    for name in ("in_charge", "note"):
        if value := detail and getattr(detail, name):
            yield fact(name, value, text(f"city.{name}", lang, said=value))


def _dated(status: str, since: str, lang: str) -> str:
    return (on_day if status in FOUND else since_day)(since, lang)
