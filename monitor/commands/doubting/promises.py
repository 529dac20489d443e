"""What a change takes from, or adds to, what people are taken to have promised, and no row says so."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from monitor.commands.doubting.log_reading import Fact, Reading, Signature
from monitor.i18n import join_first
from monitor.models import COMMITTING
from monitor.pacts import Pact

#: People and measures that a sentence names.
NAMED = 5
#: By signatory and measure.
Answers = Mapping[tuple[str, str], str]


class Promises(NamedTuple):
    """Who promised what, as `status.commitments.first_signing_days` has it: what the row of a person
    lists, what they answered so, and everything where they neither list nor answered anything; but
    where others answered (`is_answered`) and the day of no signature is known, that is silence."""

    measures: Sequence[str]
    signatures: Mapping[str, Signature]
    answers: Answers
    answering: Collection[str]
    is_answered: bool

    def of(self, name: str) -> set[str]:
        """The ids of the measures that this person promised."""
        if (signature := self.signatures.get(name)) is None:
            return set()
        said = {
            one: self.answers[name, one] for one in self.measures if (name, one) in self.answers
        }
        if signature.measures:
            listed = set(signature.measures.split(";"))
        elif self.signed_all(name):
            listed = set(self.measures)
        else:
            listed = set()
        return listed | {one for one, answer in said.items() if answer in COMMITTING}

    def signed_all(self, name: str) -> bool:
        """Whether this person promised every measure by the signature alone."""
        signature = self.signatures.get(name)
        if signature is None or signature.measures or name in self.answering:
            return False
        return bool(signature.signed_on) or not self.is_answered


def read_promises(
    reading: Reading,
    pact: Pact,
    of: Iterable[str] | None = None,
    signatures_said: Mapping[str, Signature] | None = None,
    answers_said: Answers | None = None,
) -> Promises:
    """What these people promised, or all, as the log says and, over it, a file."""
    of = None if of is None else [*of]
    signatures = {**reading.signatures(of), **(signatures_said or {})}
    answers = {**reading.answers(of), **(answers_said or {})}
    answering = {name for name, _ in answers}
    is_answered = bool(answers)
    if not is_answered and not all(one.measures or one.signed_on for one in signatures.values()):
        is_answered = reading.any_of("answer") and bool(reading.answers())
    measures = [measure.id for measure in pact.measures]
    return Promises(measures, signatures, answers, answering, is_answered)


def facts_unpromised(facts: Sequence[Fact], before: Promises, after: Promises) -> list[Fact]:
    """Those about what was promised before and is not any more: they are in no figure then."""
    people = {fact.signatory_id for fact in facts} & after.signatures.keys()
    lost = {name: before.of(name) - after.of(name) for name in people}
    return [fact for fact in facts if fact.measure in lost.get(fact.signatory_id, ())]


def promises_gained(before: Promises, after: Promises) -> dict[str, list[str]]:
    """What is promised by a signature alone and was not before, by signatory, in the order of the pact;
    nothing of who signs now for the first time."""
    found: dict[str, list[str]] = {}
    for name in after.signatures:
        if name in before.signatures and after.signed_all(name):
            own = before.of(name)
            found[name] = [one for one in after.measures if one not in own]
    return {name: measures for name, measures in found.items() if measures}


def words_of_gains(
    gained: Mapping[str, Collection[str]], names: Mapping[str, str | None]
) -> dict[str, str]:
    """What fills the sentence about who would be taken to have promised which measures: `gained`, by
    signatory, in the order of the pact. `names`: how they are called."""
    called = [names.get(one) or one for one in gained]
    measures = dict.fromkeys(measure for some in gained.values() for measure in some)
    return {
        "n": str(len(gained)),
        "known": join_first(called, NAMED, ", "),
        "measures": join_first([*measures], NAMED, ", "),
    }
