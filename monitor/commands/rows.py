"""Writing checked rows of a file, of any kind but actions."""

from collections.abc import Callable, Sequence

from monitor.commands.files import ACCEPTED, GONE, RETRACTED, FileKind, Version
from monitor.commands.mended_files import keep_mended_cells
from monitor.commands.staging import AT_ONCE
from monitor.intake import MendedCell
from monitor.models import COMMITTING
from monitor.pacts import Pact
from monitor.schema import Values
from monitor.store import Session
from monitor.store.base import batches
from monitor.store.journal import Journal

#: For each file whose rows make commitments: whose a row makes, and to which measures (joined by
#: semicolons, "" for none, None for all).
COMMITMENTS_OF: dict[str, Callable[[Values], tuple[str, str | None]]] = {
    "signatories": lambda values: (values.signatory_id, values.measures),
    "answers": lambda values: (
        values.signatory_id,
        values.measure if values.answer in COMMITTING else "",
    ),
}
#: The most commitments written together, for each row that may be.
COMMITMENTS_AT_ONCE = 5
#: A checked row and the version that it corrects, None for a new row.
CheckedRow = tuple[Values, Version | None]


class RowWriter:
    """Appends rows of one file. The file's own entry comes first, with the first row written.

    `accepted`: that entry accepts all rows of the file; else they wait for a review of it.
    """

    def __init__(
        self,
        session: Session,
        journal: Journal,
        kind: FileKind,
        pact: Pact,
        file_name: str,
        accepted: bool = True,
    ):
        self.accepted = accepted
        self.session = session
        self.journal = journal
        self._kind = kind
        self.pact = pact
        self.file_name = file_name
        self._load_seq: int | None = None
        self._numbering: Numbering | None = None

    @property
    def author(self) -> str:
        """Who writes the rows."""
        return self.journal.author

    def counts(self, state: str) -> bool:
        """Whether a version in this state counts beside the rows of the file. Beside a file that is
        accepted at once, only what is public counts, whatever others have proposed; beside one that
        waits for review, what waits counts too."""
        return state == ACCEPTED or (state not in {*GONE, RETRACTED} and not self.accepted)

    def open_load(self) -> int:
        """Append the entry of the file, once. Returns its number."""
        if self._load_seq is None:
            facts = (self.pact.id, self._kind.content, self.file_name, int(self.accepted))
            self._load_seq = self.journal.append("load", [(facts, (), ())])
        return self._load_seq

    def keep_mended(self, cells: Sequence[MendedCell]) -> None:
        """Keep which cells of the file somebody mended, if any of its rows was written."""
        if self._load_seq and cells:
            keep_mended_cells(self.journal, self._load_seq, self._kind.content, cells)

    @property
    def _at_once(self) -> int:
        """How many rows are written together, with the commitments that they make."""
        made = len(self.pact.measures) if self._kind.content == "signatories" else 1
        return max(1, min(AT_ONCE, COMMITMENTS_AT_ONCE * AT_ONCE // max(made, 1)))

    def write(self, decided: Sequence[CheckedRow]) -> None:
        """Append these rows, and number the commitments that they make."""
        for some in batches(decided, self._at_once):
            rows = [
                (
                    self._kind.facts(self.pact.id, values, before.rev + 1 if before else 1),
                    self._kind.texts(values),
                    (),
                )
                for values, before in some
            ]
            self.journal.append(self._kind.subject, rows, load_seq=self.open_load())
            if (signed := COMMITMENTS_OF.get(self._kind.content)) is not None:
                self._numbering = self._numbering or Numbering(
                    self.session, self.journal, self.pact
                )
                self._numbering.add_commitments([signed(values) for values, _ in some])


class Numbering:
    """Numbers the commitments of a pact. The numbers that it has are read once."""

    def __init__(self, session: Session, journal: Journal, pact: Pact):
        self._journal, self._pact = journal, pact
        self._every = [measure.id for measure in pact.measures]
        self._taken = set(
            session.rows(
                "SELECT signatory_id, measure_id FROM commitment WHERE pact_id = :pact",
                pact=pact.id,
            )
        )
        ((self._last,),) = session.rows("SELECT coalesce(max(id), 0) FROM commitment")

    def add_commitments(self, signatories: Sequence[tuple[str, str | None]]) -> None:
        """Number the commitments of these signatories (id, measures as in COMMITMENTS_OF) that are not
        numbered yet; somebody may be there several times."""
        made = []
        for signatory_id, measures in signatories:
            for measure in self._every if measures is None else filter(None, measures.split(";")):
                if (signatory_id, measure) not in self._taken:
                    self._taken.add((signatory_id, measure))
                    self._last += 1
                    made.append((self._last, self._pact.id, signatory_id, measure))
        self._journal.insert("commitment", ("id", "pact_id", "signatory_id", "measure_id"), made)
