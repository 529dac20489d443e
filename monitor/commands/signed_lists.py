"""Who signed a pact, by the lists that are brought and by the log, for whoever looks for the elected
among them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.commands.loading import file_context
from monitor.intake import Part, Row, read_file_as, shape_of
from monitor.intake.communes import Communes
from monitor.intake.people import Person
from monitor.models import Outcome
from monitor.pacts import Pact
from monitor.schema import Values
from monitor.store import Session

#: What says nothing of an election.
UNTOLD = (None, "", Outcome.UNKNOWN)
#: What the log says of the election itself, the last version last.
_OUTCOMES = "SELECT signatory_id, outcome FROM signatory WHERE pact_id = :pact ORDER BY seq"


@dataclass(frozen=True)
class SignedLists:
    """`rows`: by the places of the lists among the parts, the rows that can be read, which are all of
    them where it `is_whole`. By their ids: `logged`, whom the log knows; `known`, whom it or a list
    knows; `outcomes`, what is said of each by the lists, by the log where none is brought. `silent`: who
    has a list of measures and answered nothing."""

    rows: Mapping[int, Sequence[Row]]
    is_whole: bool
    logged: Mapping[str, Person]
    known: Mapping[str, Person]
    outcomes: Mapping[str | None, object]
    silent: Collection[str]
    communes: Communes

    @property
    def brought(self) -> list[Values]:
        """The rows of the lists."""
        return [row.values for some in self.rows.values() for row in some]

    @property
    def unsaid(self) -> list[Person]:
        """Those of whom neither their list nor the log says a result."""
        return [one for one in self._listed if self._outcomes_of(one) <= {*UNTOLD}]

    @property
    def perhaps_lost(self) -> list[Person]:
        """Those of whom neither their list nor the log says more than that they lost."""
        return [
            one for one in self._listed if self._outcomes_of(one) <= {*UNTOLD, Outcome.DEFEATED}
        ]

    @property
    def _listed(self) -> list[Person]:
        return [one for name, one in self.known.items() if name in self.outcomes]

    def _outcomes_of(self, one: Person) -> set[object]:
        return {one.outcome, self.logged.get(one.signatory_id, one).outcome}


def read_signed_lists(
    session: Session,
    pact: Pact,
    parts: Sequence[Part],
    logged: Mapping[str, Person],
    today: date,
) -> SignedLists:
    """Who signed, by the lists among the parts and by the log."""
    lists = [n for n, part in enumerate(parts) if part.content == "signatories"]
    shape = shape_of("signatories", file_context(session, pact, "signatories", today))
    every = {n: [*read_file_as(parts[n].open_table(), shape)] for n in lists}
    rows = {n: [row for row in some if not row.errors] for n, some in every.items()}
    brought = [row.values for some in rows.values() for row in some]
    outcomes: dict[str | None, object] = {one.signatory_id: one.outcome for one in brought}
    if not lists:
        outcomes |= dict(session.rows(_OUTCOMES, pact=pact.id))
    return SignedLists(
        rows,
        rows == every,  # who is not read yet may have signed
        logged,
        {**logged, **{one.signatory_id: _person_of(one) for one in brought}},
        outcomes,
        {
            row.values.signatory_id
            for n, some in rows.items()
            for row in some
            if row.line in parts[n].mending.unsigned
        },
        shape.rules.communes,
    )


def _person_of(row: Values) -> Person:
    return Person(row.signatory_id, row.name or "", row.commune or "", str(row.outcome or ""))
