"""A signatory in words: how they came to office, and why their commitments bind or do not."""

from collections.abc import Iterable, Sequence
from datetime import date

from monitor import dates
from monitor.i18n import Choice, day, on_day, partial_day, since_day, text, time_span
from monitor.models import EARNED, Office, Outcome, SignatoryKind, Verdict
from monitor.pacts import Pact
from monitor.read.lines import Line, Mark, Span, Topic
from monitor.read.mandates import Mandate
from monitor.read.selection import View
from monitor.read.wording import signatory_wording
from monitor.status.office import EMPTY_START
from monitor.table_rows import CommitmentRow, PersonRow, StatusRow

#: Of `_why_unbound`, what the election gave.
_OF_ELECTION = frozenset(("not_bound", "not_known", "elected_elsewhere"))


def is_before_election(view: View) -> bool:
    """Whether nobody is known, on the day, to have been elected."""
    return view.day < view.pact.election_on


def title_wording(view: View) -> dict[str, Choice]:
    """The words of the titles of pages: on a day before the election nobody is called elected."""
    early = {"signers": Choice(True)} if is_before_election(view) else {}
    return view.state.wording | early


def career_in_words(view: View, row: PersonRow) -> str:
    """What the election gave, and the office that was held whatever it gave: « battu(e) en mars 2014,
    maire depuis le 20 septembre 2015 ». On a day before the election, that they stood for it."""
    one, early = _wording(view, row), is_before_election(view)
    if (early or row.outcome != Outcome.DEFEATED) and _seeks_no_office(view, row):
        return ""
    if early:
        return view.text("outcome.candidate", **one)
    if row.elsewhere:
        return view.text("outcome.elsewhere", **one)
    held = [one for one in view.day_state.mandates_of(row.signatory_id) if one.binding]
    if row.outcome == Outcome.UNKNOWN and not held:
        return _unknown_in_words(view, row)
    if row.outcome == Outcome.ELECTED or not held:
        return view.text(f"outcome.{row.outcome}", **one)
    parts = mandates_in_words(view, held)
    if row.outcome == Outcome.DEFEATED:
        when = partial_day(f"{view.pact.election_on:%Y-%m}", view.lang)
        parts = [view.text("city.defeated_in", month=when, **one), *parts]
    elif row.unknown:
        parts = [_unknown_in_words(view, row), *parts]
    return ", ".join(parts)


def _unknown_in_words(view: View, row: PersonRow) -> str:
    """That nobody has noted what the election gave somebody, or who is known to have been elected there:
    not that they were defeated, for they may sit on that very list."""
    if holder := _other_elected(view, row):
        return text("outcome.other_elected", view.lang, holder=holder)
    return text("outcome.unknown", view.lang)


def _other_elected(view: View, row: PersonRow) -> str:
    """Who was elected where a person stood whose result nobody has noted, "" where nobody is known to
    have been."""
    is_person = row.kind in (None, "", SignatoryKind.PERSON)
    return view.day_state.elected_at.get(row.commune, "") if row.unknown and is_person else ""


def tells_all_mandates(view: View, row: PersonRow) -> bool:
    """Whether `career_in_words` says all that there is to say of the mandates."""
    held = view.day_state.mandates_of(row.signatory_id)
    is_told = not is_before_election(view) and row.outcome != Outcome.ELECTED
    return is_told and bool(held) and all(one.binding for one in held)


def signatory_line(view: View, row: PersonRow) -> Line:
    """Who somebody is to the pact: how they came to office, when and on which list they signed, and what
    shows it."""
    more = []
    if row.signed_on and _can_be_by(view.day, row.signed_on):
        signed_on = partial_day(row.signed_on, view.lang)
        more.append(Span(text("city.signed_on", view.lang, day=signed_on)))
    if words := withdrawal_in_words(view, row):
        more.append(Span(words, Mark.STRONG))
    if row.list:
        more.append(Span(row.list))
    if row.source_url:
        unsigned = view.state.wording["vow"] and not row.signed_on
        page = "city.unsigned_source" if unsigned else "city.signature"
        more.append(Span(text(page, view.lang), href=row.source_url))
    career = career_in_words(view, row)
    first = Span(career) if career else more.pop(0) if more else Span("")
    return Line(Topic.PERSON, (first,), tuple(more))


def withdrawal_in_words(view: View, row: PersonRow) -> str:
    """« signature retirée le 1er mai 2021 », "" of a signature that holds on the day."""
    if not (row.withdrawn and row.withdrawn_on):
        return ""
    return text("city.withdrawn_on", view.lang, day=on_day(row.withdrawn_on, view.lang))


def other_pacts_label(view: View, row: PersonRow, signatures: Iterable[tuple[Pact, str]]) -> str:
    """What stands before the other pacts of the same signatory (`city.same_signatory`), who may have
    refused all of one."""
    answered = Choice(any(len(view.snapshot.log(pact.id).answers) for pact, _ in signatures))
    label = text("city.also_signed", view.lang, **_wording(view, row), vow=answered)
    return f"{label}{view.text('sentence.colon')}"


def time_in_office(view: View, row: PersonRow) -> str:
    """The time in office where `career_in_words` does not say it all, or that it is taken to be the
    whole term; "" where there is nothing to say."""
    held = view.day_state.mandates_of(row.signatory_id)
    if held and not tells_all_mandates(view, row):
        mandates = text("sentence.semicolon", view.lang).join(mandates_in_words(view, held))
        return text("city.mandates", view.lang, mandates=mandates)
    if is_presumed_in_office(view, row) and not _seeks_no_office(view, row):
        start, term_end = day(view.pact.term_start, view.lang), view.pact.term_end
        wording = _wording(view, row)
        if term_end is None:
            return view.text("city.no_mandate_open", start=start, **wording)
        return view.text("city.no_mandate", start=start, end=day(term_end, view.lang), **wording)
    return ""


def results_in_words(view: View, people: Iterable[PersonRow]) -> str:
    """« , 1 élu, 2 résultats inconnus », after how many signed: of these alone, for another may have
    been elected there; before the election, that it is to come."""
    comma = view.text("sentence.comma")
    asked = [row for row in people if row.signed and not _seeks_no_office(view, row)]
    if is_before_election(view):
        return comma + text("count.before_election", view.lang) if asked else ""
    counts = {
        "elected": sum(row.elected and not row.came_later for row in asked),
        "came_later": sum(row.came_later for row in asked),
        "elsewhere": sum(row.elsewhere for row in asked),
        "other_elected": sum(bool(_other_elected(view, row)) for row in asked),
        "unknown_results": sum(row.unknown and not _other_elected(view, row) for row in asked),
    }
    lost = {"defeated": sum(row.outcome == Outcome.DEFEATED and not row.elected for row in asked)}
    if len(asked) == 1 and counts["elected"]:
        return comma + view.text("count.only_elected", **_wording(view, asked[0]))
    if asked and not any(counts.values()):
        return comma + view.plural("count.none_elected", len(asked))
    return "".join(
        comma + view.plural(f"count.{one}", n) for one, n in (counts | lost).items() if n
    )


def why_unbound(view: View, row: PersonRow, commitments: Sequence[CommitmentRow]) -> str:
    """Why none of somebody's commitments binds on the day, or has bound, "" where one did: who has not
    signed yet, who still stands for election, who withdrew before the election or the office, who is
    not in office yet, who was elected or has held the office at another time or under no signature,
    whose result nobody has noted, with who is mayor if that is known, and who was defeated are different
    things."""
    if not commitments or any(one.ever_bound for one in commitments):
        return ""
    if is_before_election(view) and row.signed:
        if _seeks_no_office(view, row):
            return text("city.not_begun", view.lang, day=day(view.pact.term_start, view.lang))
        why = "withdrawn_before_vote" if row.withdrawn else "not_yet"
        return text(f"city.{why}", view.lang, day=day(view.pact.election_on, view.lang))
    why = _why_unbound(view, row, commitments)
    if why == "not_in_office_yet" and _seeks_no_office(view, row):
        return text("city.not_begun", view.lang, day=day(view.pact.term_start, view.lang))
    holder, by_mandate = _other_mayor(view, row) if why == "not_known" else ("", False)
    if holder:
        why = "held_by_other" if by_mandate else "other_was_elected"
    sentence = view.text(f"city.{why}", holder=holder, **_wording(view, row))
    on = row.withdrawn_on if row.withdrawn else None
    if on and why in _OF_ELECTION and not _can_be_by(view.pact.election_on, on):
        return f"{sentence} {text('city.withdrawn_since', view.lang)}"
    return sentence


def _other_mayor(view: View, row: PersonRow) -> tuple[str, bool]:
    """The name of the one other signatory who is mayor there on the day, in a pact that binds mayors
    alone, of whom each place has one ("" if nobody is known to be), and whether a mandate says so."""
    if view.pact.binding_offices != (Office.MAYOR,):
        return "", False
    people = view.day_state.people
    there = people[(people["commune"] == row.commune) & people["in_office"]]
    others = there.loc[(there["signatory_id"] != row.signatory_id) & there["name"].notna()]
    if len(others) != 1:
        return "", False
    return str(others["name"].iloc[0]), bool(
        view.day_state.mandates_of(others["signatory_id"].iloc[0])
    )


def _seeks_no_office(view: View, row: PersonRow) -> bool:
    """Whether a signatory is a body, and the pact is put to no office: nothing is said of one."""
    return row.kind == SignatoryKind.BODY and not view.pact.offices_said


def _wording(view: View, row: PersonRow) -> dict[str, Choice]:
    return signatory_wording(row.kind, view.in_departments)


def _why_unbound(view: View, row: PersonRow, commitments: Sequence[CommitmentRow]) -> str:
    if not row.signed:
        return "not_signed_yet"
    if any(one.verdict == Verdict.PENDING for one in commitments):
        return "not_in_office_yet"
    if row.withdrawn and (why := _why_withdrawal_unbinds(view, row)):
        return why
    if any(one.binding for one in view.day_state.mandates_of(row.signatory_id)):
        return "held_at_other_times"
    if row.outcome == Outcome.ELECTED:
        return "elected_elsewhere" if row.elsewhere else "held_at_other_times"
    return "not_known" if row.outcome == Outcome.UNKNOWN else "not_bound"


def _why_withdrawal_unbinds(view: View, row: PersonRow) -> str:
    """Why somebody's withdrawal alone left them bound to nothing, "" where something else had."""
    known = view.known
    until = known.signed.last[row.Index]
    if until < dates.day_number(view.pact.election_on):
        return "withdrawn_before_election"
    later = row.elected and until < known.starts[:, row.Index].min(initial=EMPTY_START)
    return "withdrawn_before_office" if later else ""


def _can_be_by(day: date, edtf: str) -> bool:
    """Whether a date can mean that day, or one before it."""
    return dates.date_interval(edtf).first <= day


def is_presumed_in_office(view: View, row: PersonRow) -> bool:
    """Whether somebody is taken to be in office for the whole term: who is known, by the day, to have
    been elected, and has no mandate on record; where the end of the term is not fixed, from its
    beginning."""
    begun = view.pact.term_end is not None or view.day >= view.pact.term_start
    unrecorded = not view.state.mandates_of(row.signatory_id)
    return begun and row.outcome == Outcome.ELECTED and unrecorded


def verdict_in_words(row: CommitmentRow, lang: str) -> str:
    """« tenu », « tenu avant son départ »; of what is not due yet, when there will be one."""
    if row.verdict == Verdict.PENDING and row.due_on is not None:
        return text("city.verdict_when_due", lang)
    word = text(f"verdict.{row.verdict}", lang)
    if row.left and row.verdict in EARNED:
        before = "before_withdrawing" if row.withdrawn else "before_leaving"
        return text(f"verdict.{before}", lang, verdict=word)
    return word


def why_not_binding(view: View, row: CommitmentRow | StatusRow) -> str:
    """Why a commitment does not bind on the day, in a few words."""
    on, signed = dates.day_number(view.day), view.known.promised.of(row.Index)
    if on > signed.last:
        withdrawn_on = view.known.signatories["withdrawn_on"].iloc[view.known.owner[row.Index]]
        return text("city.withdrawn_on", view.lang, day=on_day(withdrawn_on, view.lang))
    key = "city.not_signed_by_then" if on < signed.first else "city.not_binding"
    return view.text(key)


def mandates_in_words(view: View, mandates: Iterable[Mandate]) -> list[str]:
    """Each in words: « maire du 5 avril 2014 au 2 juin 2020 (démission) »."""
    lines = []
    for mandate in mandates:
        reason = mandate.end_reason
        why = f" ({view.text(f'end_reason.{reason}')})" if reason else ""
        when = time_span(mandate.started_on, mandate.ended_on, view.lang)
        if mandate.ends_later:  # not that nobody knows an end
            when = since_day(mandate.started_on, view.lang)
        lines.append(f"{view.office(mandate.office)} {when}{why}")
    return lines
