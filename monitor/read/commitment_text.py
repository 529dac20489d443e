"""How a commitment reads on the day of a view, without any markup: made here once, dressed by each page
and sheet."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from monitor.dates import date_interval
from monitor.i18n import day, number, on_day, partial_day, plural, since_day, text
from monitor.models import FOUND, Status, Verdict
from monitor.read import careers
from monitor.read.former_measures import former_measures
from monitor.read.known_days import status_day
from monitor.read.labels import lateness_label, measure_title
from monitor.read.selection import View
from monitor.schema import Values
from monitor.table_rows import CommitmentRow
from monitor.titles import shorten_title


class Fact(NamedTuple):
    """One thing to know: `value` under its `name` in a list, or `words` as part of a sentence."""

    name: str
    value: str
    words: str


@dataclass(frozen=True, kw_only=True)
class MeasureText:
    """`whole_title`: the title of a measure, "" where `title` does not cut it; `wording`: "" where
    the title is the same; `explanation`: what the promoter of the pact says of the measure, "" where
    nothing; `criterion`: None where the pact has none; `lacks_criterion`: whether that is to be said of
    this one, where others have one."""

    title: str
    whole_title: str
    wording: str
    explanation: str
    criterion: str | None
    lacks_criterion: bool


@dataclass(frozen=True, kw_only=True)
class CommitmentText(MeasureText):
    """`own_wording`: the wording of this commitment alone, "" where it has none; `word`: its status in
    words; `since`: how long it has had that status, "" where nothing says so; `apart`: what else must
    be said where it does not bind on the day, "" where it does."""

    own_wording: str
    status: Status
    word: str
    since: str
    apart: str
    facts: tuple[Fact, ...]


#: Letters of an explanation that stand at once; a longer one unfolds.
LONG = 300
#: As many commitments of one person share what is said of each; of fewer, each says all of it.
MANY = 5


def common_facts(view: View, rows: Iterable[CommitmentRow]) -> tuple[Fact, ...]:
    """Of what is said of each of these commitments, what more than half of them share: it can be said
    once of all, and each says in what it differs. Nothing of fewer than MANY."""
    every = [_standing(row, view.lang) for row in rows]
    if len(every) < MANY:
        return ()
    common = (Counter(alike).most_common(1)[0] for alike in zip(*every, strict=True))
    return tuple(fact for fact, count in common if 2 * count > len(every))


def common_in_words(view: View, common: Iterable[Fact]) -> str:
    """The sentence that says it; "" where nothing is common."""
    words = " · ".join(fact.words for fact in common)
    return view.text("city.common", facts=words) if words else ""


def has_criteria(view: View) -> bool:
    """Whether the pact says of any measure what makes it implemented."""
    return any(measure.criterion(view.lang) for measure in view.pact.measures)


def measure_text(view: View, measure_id: str) -> MeasureText:
    """What the pact says of a measure, whoever promised it."""
    return MeasureText(**_of_measure(view, measure_id))


def _of_measure(view: View, measure_id: str) -> dict[str, Any]:
    measure, lang = view.measure(measure_id), view.lang
    title = measure.title(lang)
    return {
        "title": measure_title(view, measure_id),
        "whole_title": "" if title.split() == view.titles[measure_id].split() else title,
        "wording": "" if title == measure.wording else measure.wording.strip(),
        "explanation": (measure.explanation or "").strip(),
        "criterion": measure.criterion(lang),
        "lacks_criterion": not measure.criterion(lang) and has_criteria(view),
    }


def commitment_text(
    view: View,
    row: CommitmentRow,
    detail: Values | None = None,
    common: Iterable[Fact] = (),
) -> CommitmentText:
    """`detail`: what details.csv says of it; `common`: what is said of it elsewhere already."""
    lang, since = view.lang, status_day(view, row)
    verdict = careers.verdict_in_words(row, lang)
    why = "" if row.binding else careers.why_not_binding(view, row)
    return CommitmentText(
        **_of_measure(view, row.measure),
        own_wording=(detail and detail.wording) or "",
        status=Status(row.status),
        word=text(f"status.{row.status}", lang),
        since=_dated(row.status, since, lang) if since else "",
        apart=f"{verdict}, {why}" if why and row.verdict != Verdict.WITHDRAWN else why,
        facts=tuple(
            fact
            for fact in (*_facts(row, detail, since, why, lang), *_former_facts(view, row))
            if fact not in {*common}
        ),
    )


def _fact(name: str, lang: str, value: str, words: str = "") -> Fact:
    return Fact(text(f"sheet.{name}", lang), value, words or value)


def _standing(row: CommitmentRow, lang: str) -> tuple[Fact, Fact, Fact]:
    """The verdict, the due day and the count of entries, which every commitment has."""
    verdict = careers.verdict_in_words(row, lang)
    if row.due_on is None:
        none = "no_due" if row.binding else "no_due_apart"
        due = _fact("due", lang, text(f"sheet.{none}", lang), text(f"city.{none}", lang))
    else:
        due_on = day(row.due_on, lang)
        due = _fact("due", lang, due_on, text("city.due", lang, day=due_on))
    entries = plural("city.standing", row.actions, lang)
    return (
        _fact("verdict", lang, verdict, text("city.verdict", lang, verdict=verdict)),
        due,
        _fact("count", lang, number(row.actions, lang), entries),
    )


def _facts(
    row: CommitmentRow, detail: Values | None, since: str | None, why: str, lang: str
) -> Iterator[Fact]:
    """Where it stands; then who is in charge, and what is noted of this commitment alone."""
    verdict, due, count = _standing(row, lang)
    if since:
        name = "status_found" if row.status in FOUND else "status_since"
        yield _fact(name, lang, partial_day(since, lang), _dated(row.status, since, lang))
    yield verdict
    if row.lateness:
        yield _fact("lateness", lang, lateness_label(row.lateness, row.status, lang))
    yield due
    if why:
        yield _fact("binding", lang, why)
    yield count

    for name in ("in_charge", "note"):
        if value := detail and getattr(detail, name):
            yield _fact(name, lang, value, text(f"city.{name}", lang, said=value))


def _former_facts(view: View, row: CommitmentRow) -> Iterator[Fact]:
    """What the pact said of the measure while it was signed already: it is another promise, or judged
    otherwise."""
    due_on = view.measure(row.measure).due_on
    is_own = due_on and row.due_on and date_interval(due_on).last == row.due_on.date()
    yield from former_facts(view, row.measure, bool(is_own))


def former_facts(view: View, measure_id: str, is_due: bool) -> Iterator[Fact]:
    """What the pact said of a measure while somebody had signed it; `is_due`: of its due day too."""
    lang, measure = view.lang, view.measure(measure_id)
    criterion = measure.criterion_name(lang)
    for name, former in former_measures(view.state).get(measure_id, {}).items():
        if name not in ("wording", criterion, "due_on" if is_due else ""):
            continue
        key = name.split("_")[0]
        said = shorten_title(former.value, LONG)
        if name == "due_on":
            said = partial_day(former.value, lang)
        values = {"said": said, "day": day(former.until, lang)}
        value = text(f"sheet.{key}_said", lang, **values)
        yield _fact(f"former_{key}", lang, value, text(f"city.former_{key}", lang, **values))


def _dated(status: str, since: str, lang: str) -> str:
    return (on_day if status in FOUND else since_day)(since, lang)
