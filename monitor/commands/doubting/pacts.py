"""What a pact that comes anew, or a retraction, does to facts of the log and to what people promised."""

from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from monitor.areas import search_key
from monitor.commands.doubting.log_reading import NONE, Fact, Reading
from monitor.commands.doubting.promises import (
    facts_unpromised,
    promises_gained,
    read_promises,
    words_of_gains,
)
from monitor.commands.doubting.stopped import facts_no_longer_counted, words_of
from monitor.commands.files import ACCEPTED
from monitor.findings import Doubt
from monitor.i18n import interface_language, join_first
from monitor.intake.cells import abbreviate_cell
from monitor.pacts import LEVELS, Pact
from monitor.store import Session
from monitor.store.base import in_lists
from monitor.store.pacts_and_areas import current_pact, list_levels
from monitor.store.subjects import ABOUT_PEOPLE

#: What of a pact says which facts count.
COUNTING = ("term_start", "term_end", "binding_offices")


#: Measures that a sentence names.
NAMED = 10
#: Letters in which two words of one meaning differ at most.
SLIPS = 2


def missing_criteria(pact: Pact) -> list[Doubt]:
    """What to say of the measures of which nothing says when they are implemented."""
    without = [
        measure.id
        for measure in pact.measures
        if not measure.criterion(interface_language(pact.language))
    ]
    if not without:
        return []
    more = ", …" if len(without) > NAMED else ""
    counts = (("n", str(len(without))), ("measures", str(len(pact.measures))))
    return [Doubt(None, "measures", ", ".join(without[:NAMED]) + more, "no_criterion", counts)]


def same_wordings(pact: Pact) -> list[Doubt]:
    """What to say of measures that have the very same words: one may have been copied by mistake."""
    found: dict[str, list[str]] = {}
    for measure in pact.measures:
        found.setdefault(search_key(measure.wording), []).append(measure.id)
    same = [" = ".join(ids) for ids in found.values() if len(ids) > 1]
    if not same:
        return []
    more = ", …" if len(same) > NAMED else ""
    return [Doubt(None, "measures", ", ".join(same[:NAMED]) + more, "same_wording")]


def odd_levels(session: Session, pact: Pact) -> list[Doubt]:
    """What to say of levels of offices that are written nearly as another one of the pact or the log,
    and of those that nobody else uses: only offices of one level are compared with each other."""
    held = Counter(office.level for office in pact.offices if office.level)
    known = list(dict.fromkeys((*LEVELS, *list_levels(session, pact.id))))
    listed, found, others = ("known", ", ".join(known)), [], [*known]
    for level, count in held.most_common():
        near = next((one for one in others if _is_near(one, level)), None)
        if level in known:
            continue
        if near:
            found.append(Doubt(None, "offices", level, "level_near", (listed, ("wanted", near))))
        elif count == 1:
            found.append(Doubt(None, "offices", level, "level_alone", (listed,)))
        others.append(level)
    return found


def _is_near(one: str, other: str) -> bool:
    """Whether a slip or two make one word of the other, or its case and accents."""
    one, other = search_key(one), search_key(other)
    return OSA.distance(one, other) <= min(SLIPS, len(one) // 4)


def pact_doubts(session: Session, before: Pact, pact: Pact) -> list[Doubt]:
    """What to say of the pact in the place of the version before, beside the log."""
    if not session.rows("SELECT seq FROM signatory WHERE pact_id = :pact LIMIT 1", pact=pact.id):
        return []
    return [
        *_reworded(before, pact),
        *_judged_otherwise(session, before, pact),
        *_due_on_another_day(before, pact),
        *_promised(session, before, pact),
        *_stopped(session, before, pact),
    ]


def _reworded(before: Pact, pact: Pact) -> list[Doubt]:
    """The measures of a signed pact that say something else than they did."""
    words = {measure.id: measure.wording for measure in pact.measures}
    return [
        Doubt(
            None,
            "measures",
            old.id,
            "measure_reworded",
            (("before", abbreviate_cell(old.wording)), ("wanted", abbreviate_cell(words[old.id]))),
        )
        for old in before.measures
        if words.get(old.id, old.wording) != old.wording
    ]


def _judged_otherwise(session: Session, before: Pact, pact: Pact) -> list[Doubt]:
    """The measures with another criterion than that by which they were assessed."""
    lang = interface_language(pact.language)
    now = {measure.id: measure.criterion(lang) for measure in pact.measures}
    changed = [one for one in before.measures if now.get(one.id) != one.criterion(lang)]
    if not changed:
        return []
    assessed = Counter(fact.measure for fact in _accepted(session, pact.id).facts())
    return [
        Doubt(
            None,
            "measures",
            old.id,
            "criterion_changed",
            (
                ("before", abbreviate_cell(old.criterion(lang) or "") or NONE),
                ("wanted", abbreviate_cell(now[old.id] or "") or NONE),
                ("n", str(assessed[old.id])),
            ),
        )
        for old in changed
        if assessed[old.id]
    ]


def _due_on_another_day(before: Pact, pact: Pact) -> list[Doubt]:
    """The measures that are due on another day than they were, together where they moved alike."""
    now = {measure.id: measure.due_on for measure in pact.measures}
    moved: dict[tuple[str, str], list[str]] = {}
    for old in before.measures:
        was, due = _due(old.due_on, before), _due(now.get(old.id), pact)
        if was != due:
            moved.setdefault((was, due), []).append(old.id)
    return [
        Doubt(
            None,
            "measures",
            join_first(measures, NAMED),
            "due_moved",
            (("before", was), ("wanted", due)),
        )
        for (was, due), measures in moved.items()
    ]


def _due(own: str | None, pact: Pact) -> str:
    return own or (pact.term_end.isoformat() if pact.term_end else NONE)


def _promised(session: Session, before: Pact, pact: Pact) -> list[Doubt]:
    """The measures that the pact did not have, where somebody signed everything that it holds."""
    old = {measure.id for measure in before.measures}
    new = [measure.id for measure in pact.measures if measure.id not in old]
    if not new:
        return []
    log = _accepted(session, pact.id)
    of = [name for name, one in log.signatures().items() if not one.measures]
    gained = promises_gained(read_promises(log, before, of), read_promises(log, pact, of))
    if not gained:
        return []
    words = words_of_gains(gained, log.names(gained))
    return [Doubt(None, "measures", words["measures"], "promises_gained", tuple(words.items()))]


def _stopped(session: Session, before: Pact, pact: Pact) -> list[Doubt]:
    """The facts that count no more."""
    changed = [name for name in COUNTING if getattr(before, name) != getattr(pact, name)]
    if not changed:
        return []
    log = _accepted(session, pact.id)
    stopped = facts_no_longer_counted(log, log, pact, pact_before=before)
    if not stopped:
        return []
    value = getattr(pact, changed[0])
    words = ", ".join(value) if isinstance(value, tuple) else str(value or "")
    return [Doubt(None, changed[0], words, "facts_stopped", tuple(_words_of(log, stopped).items()))]


def _words_of(log: Reading, stopped: list[Fact]) -> dict[str, str]:
    return words_of(stopped, log.names({one.signatory_id for one in stopped}))


def retraction_doubts(session: Session, pact_id: str, taken: Iterable[int]) -> list[Doubt]:
    """What to say before these versions of signatories or mandates are taken back: the facts that would
    count no more. Nothing where there are none."""
    log = _accepted(session, pact_id)
    found, taken, people = current_pact(session, pact_id), list(taken), set()
    if found is None:
        return []
    _, pact = found
    for inside, params in in_lists(taken):
        for table in ("signatory", *ABOUT_PEOPLE):
            sql = f"SELECT signatory_id FROM {table} WHERE pact_id = :pact AND seq IN {inside}"
            people.update(name for (name,) in session.rows(sql, pact=pact_id, **params))
    after = log._replace(without=frozenset(taken))
    doubts = []
    if stopped := facts_no_longer_counted(log, after, pact, people):
        doubts.append(_doubt_of_people("facts_retracted", _words_of(log, stopped)))
    then, now = read_promises(log, pact, people), read_promises(after, pact, people)
    if lost := facts_unpromised(log.entries(people), then, now):
        doubts.append(_doubt_of_people("promises_lost", _words_of(log, lost)))
    if gained := promises_gained(then, now):
        doubts.append(
            _doubt_of_people("promises_gained", words_of_gains(gained, log.names(gained)))
        )
    return doubts


def _doubt_of_people(code: str, words: dict[str, str]) -> Doubt:
    return Doubt(None, "signatory_id", "", code, tuple(words.items()))


def _accepted(session: Session, pact_id: str) -> Reading:
    return Reading(session, pact_id, lambda state: state == ACCEPTED)
