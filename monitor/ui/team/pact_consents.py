"""What somebody agrees to of the files of a pact, once they are read: who is meant by nearly their name
among the elected, who lost where another person was elected, and which facts are left out. A yes is
about what was shown, and about nothing more."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from monitor.commands import PactChoices, Report, UnpromisedFact, WholeReport, unpromised_in_words
from monitor.commands.winner_doubts import names_one
from monitor.findings import Doubt
from monitor.i18n import plural
from monitor.ui.markdown import label_text, md
from monitor.ui.page_run import language, t
from monitor.ui.team.waiting_choices import add_choice

Files = Sequence[tuple[str, bytes]]
#: (files, what was agreed to: by the field of `PactChoices`, what was shown), of this session.
_HELD = "_pact_agreed"
_DEFEATS, _UNPROMISED, _NAMES = "notes_defeats", "leaves_facts", "agreed_names"
#: What is told of defeats, and of the elected by nearly their names, before and after a yes: the
#: question says it.
_OF_DEFEATS, _OF_NAMES = ("winners_instead", "winners_defeat"), ("winners_near", "winners_agreed")


class _Consent(NamedTuple):
    """A question whose yes is the field `choice` of `PactChoices`, or a part of it: of `about`, which
    names all of it. `said`: what is asked, `agrees`: the yes, in words. `key`: what it is kept under.
    `unless`: what becomes of it without a yes, for whoever can give it."""

    choice: str
    about: tuple[str, ...]
    said: str
    agrees: str
    key: str
    unless: str = ""


def held_choices(files: Files, in_charge: str | None) -> PactChoices:
    """What was agreed to of these files, with the office of who is only in charge."""
    held = _held(files)
    names = [about for key, about in held.items() if key.startswith(_NAMES)]
    agreed = tuple((name, who) for name, who in names)
    return PactChoices(in_charge, _DEFEATS in held, agreed, leaves_facts=held.get(_UNPROMISED, ()))


def is_asked(doubt: Doubt) -> bool:
    """Whether a question says what is doubted."""
    return doubt.code in _OF_DEFEATS or (doubt.code in _OF_NAMES and names_one(doubt))


def ask_consents(files: Files, whole: WholeReport) -> None:
    """Ask what the files leave to a person; nothing where there is nothing to agree to."""
    held = _held(files)
    for one in _list_consents(whole):
        with st.container(border=True):
            st.markdown(f"{one.said} {one.unless}".rstrip())
            key = f"_pact_agree_{one.choice}_{hash(one.about)}"
            st.checkbox(
                label_text(one.agrees),
                one.key in held,
                key=key,
                on_change=_choose,
                args=(files, one, key),
            )


def drop_changed(files: Files, whole: WholeReport) -> bool:
    """Whether something was agreed to that is another thing by now: that yes counts no more."""
    held = _held(files)
    now = {one.key: one.about for one in _list_consents(whole)}
    kept = {key: about for key, about in held.items() if now.get(key) == about}
    st.session_state[_HELD] = (_asked(files), kept)
    return kept != held


def show_agreed(whole: WholeReport, choices: PactChoices) -> None:
    """What the one who proposes a pact has agreed to, for the person who decides about it."""
    for one in _list_consents(whole):
        said = getattr(choices, one.choice)
        if one.about in said if one.choice == _NAMES else said:
            st.markdown(f"{one.said}\n\n{t('new_pact.agreed', said=md(one.agrees))}")


def _list_consents(whole: WholeReport) -> list[_Consent]:
    doubts = [one for report in whole.reports for one in report.doubts if is_asked(one)]
    found = [_consent_to_name(one) for one in doubts if one.code in _OF_NAMES]
    found += [_consent_to_defeats(one) for one in doubts if one.code in _OF_DEFEATS]
    if whole.lacks_promises_alone:
        facts = [
            (report, fact)
            for report in whole.reports
            for fact in sorted(report.unpromised, key=lambda one: one.line)
        ]
        found += [_consent_to_leave(facts)] if facts else []
    return found


def _consent_to_name(doubt: Doubt) -> _Consent:
    values = dict(doubt.values)
    name, who = doubt.value, values["near"]
    said = t("new_pact.same_person", sheet=md(values["sheet"]), name=md(name), near=md(who))
    agrees = t("new_pact.agree_agreed_names", near=who)
    return _Consent(_NAMES, (name, who), said, agrees, f"{_NAMES}:{name}")


def _consent_to_defeats(doubt: Doubt) -> _Consent:
    values = dict(doubt.values)
    names, count, sheet = values["near"], int(values["n"]), values["sheet"]
    said = plural("new_pact.elected_instead", count, language(), sheet=md(sheet), names=md(names))
    unless = plural("new_pact.elected_unless", count, language())
    return _Consent(_DEFEATS, (names,), said, _agree(_DEFEATS, count), _DEFEATS, unless)


def _consent_to_leave(facts: Sequence[tuple[Report, UnpromisedFact]]) -> _Consent:
    lang = language()
    count = len({(report.file_name, fact.line) for report, fact in facts})
    lines = [f"- {md(unpromised_in_words(*one, lang).strip())}" for one in facts]
    said = "\n".join([plural("new_pact.unpromised", count, lang), "", *lines])
    names = tuple(dict.fromkeys(one.name for _, one in facts))
    return _Consent(_UNPROMISED, names, said, _agree(_UNPROMISED, count), _UNPROMISED)


def _agree(choice: str, count: int) -> str:
    return plural(f"new_pact.agree_{choice}", count, language())


def _held(files: Files) -> dict[str, tuple[str, ...]]:
    about, held = st.session_state.get(_HELD, ((), {}))
    return {**held} if about == _asked(files) else {}


def _choose(files: Files, one: _Consent, key: str) -> None:
    """From a callback: keep what was agreed to, or that it is no more."""
    held = {kept: about for kept, about in _held(files).items() if kept != one.key}
    if st.session_state.get(key):
        held[one.key] = one.about
    add_choice(key)
    st.session_state[_HELD] = (_asked(files), held)


def _asked(files: Files) -> tuple[tuple[str, int], ...]:
    return tuple((name, len(data)) for name, data in files)
