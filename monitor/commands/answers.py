"""Answers of a file beside the measures that the same person is said to have signed, and the reverse:
nobody has signed what they refused."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from monitor.commands.deciding import Deciding, Objection
from monitor.commands.files import FILE_KINDS
from monitor.commands.silenced_answers import SilencedAnswers
from monitor.intake import Row
from monitor.models import COMMITTING, RowOutcome
from monitor.queries.people import last_names_of
from monitor.schema import Values
from monitor.store import Session


class DecidingAnswers(Deciding):
    """A refusal of a measure that `measures` lists is refused: one of the two files is wrong."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._listed: dict[str, set[str]] = {}
        self._silenced: list[Row] = []
        #: What the other rows of the file are about.
        self._said: set[tuple] = set()

    def take(self, rows):
        said = [row for row in rows if not row.silenced]
        self._silenced += [row for row in rows if row.silenced]
        self._said.update(self._kind.key(row.values) for row in said if row.values)
        super().take(said)

    def finish(self):
        silenced = SilencedAnswers(self._session, self._writer, self._pact, self.report)
        for row in silenced.retract(self._silenced, self._said):
            if self._on_row:
                self._on_row(row.line, RowOutcome.RETRACTED, row.values, ())
        if self._doubting:
            self._doubting.withdrawing |= silenced.told
        super().finish()

    def _prepare(self, good, versions):
        names = {found.row.values.signatory_id for found in good} - self._listed.keys()
        people = counting_rows(
            self._session, "signatories", self._pact.id, names, self._writer.counts
        )
        self._listed |= {one.signatory_id: listed_measures(one) for one in people}

    def _object_to(self, found):
        own = found.row.values
        if own.answer not in COMMITTING and own.measure in self._listed.get(own.signatory_id, ()):
            return Objection("answer", "answer_against_list", (("measure", own.measure),))
        return None


class AnswerTo(NamedTuple):
    """What somebody of that `name` answered to a measure to which they did not commit themselves, as a
    code, "" where nothing is known, and in which words."""

    name: str
    answer: str
    words: str

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """What fills the sentence on it."""
        answered = (("belongs", "answered"), ("answer", self.answer))
        return (*(answered if self.answer else (("belongs", "unanswered"),)), ("name", self.name))


def find_answer(
    session: Session, pact_id: str, name: str, measure: str, counts: Callable[[str], bool]
) -> AnswerTo:
    """What a signatory, by their id, answered to a measure."""
    key = (name, measure)
    versions = FILE_KINDS["answers"].versions(session, pact_id, [key]).get(key, ())
    given = [version.values for version in versions if counts(version.state)]
    who = last_names_of(session, pact_id, {name}).get(name) or name
    return AnswerTo(
        who, given[-1].answer if given else "", (given[-1].comment or "") if given else ""
    )


def counting_rows(
    session: Session,
    content: str,
    pact_id: str,
    names: Iterable[str],
    counts: Callable[[str], bool],
) -> list[Values]:
    """The rows of a file that count for these signatories, as the log has them last. `counts`: whether
    a version of that state is one (see `files.Version`)."""
    wanted = [(name,) for name in sorted(names)]
    found = FILE_KINDS[content].versions(session, pact_id, wanted) if wanted else {}
    return [
        counting[-1].values
        for every in found.values()
        if (counting := [version for version in every if counts(version.state)])
    ]


def listed_measures(signatory: Values) -> set[str]:
    """The measures that somebody is said to have signed one by one."""
    return set(signatory.measures.split(";")) if signatory.measures else set()
