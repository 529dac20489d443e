"""Writing checked actions: their commitment, their place in it, and what they supersede."""

from collections.abc import Iterable, Sequence
from sys import intern
from typing import NamedTuple

from monitor.commands.files import ACTIONS, STATE, STATES, FileKind, columns_at
from monitor.commands.rows import CheckedRow, RowWriter
from monitor.models import COMMITTING, Decision, Kind
from monitor.pacts import Pact
from monitor.store import Session
from monitor.store.base import in_list, in_lists, rows_in_parts, skip_index
from monitor.store.decisions import review_condition
from monitor.store.journal import Journal
from monitor.store.subjects import SUBJECTS, derived_values

_REFUSED = review_condition(Decision.REFUSED, "t")
_later_facts = columns_at("actions", SUBJECTS["action"].later_facts)


class Target(NamedTuple):
    """An action as it is last known: `first`, the entry of its version 1 (None: not written yet)."""

    first: int | None
    kind: str
    signatory_id: str
    measure: str


class ActionWriter(RowWriter):
    """Appends actions. `commitments` (those that the signatories make by now) and the last revision
    of each are read once: of the pact, or of one signatory if that is all that is to be written
    about."""

    def __init__(
        self,
        session: Session,
        journal: Journal,
        kind: FileKind,
        pact: Pact,
        file_name: str,
        accepted: bool = True,
        signatory_id: str | None = None,
    ):
        super().__init__(session, journal, kind, pact, file_name, accepted)
        every = {
            (name, measure): number
            for number, name, measure in self._read(
                "SELECT t.id, t.signatory_id, t.measure_id FROM commitment t", "t.id", signatory_id
            )
        }
        given_up = self._given_up(every, signatory_id)
        self.commitments = {pair: every[pair] for pair in every if pair not in given_up}
        self.revs: dict[int, int] = dict(self._read_revs(every.values() if signatory_id else None))
        #: What this writer has written, which may not be in the log yet: by its id, and by the
        #: `first` that it withdraws.
        self._own: dict[str, Target] = {}
        self._withdrawing: dict[int, str] = {}

    @classmethod
    def beside(cls, writer: RowWriter) -> "ActionWriter":
        """One that reads what another file's writer reads, with which it shares the journal."""
        return cls(
            writer.session, writer.journal, ACTIONS, writer.pact, writer.file_name, writer.accepted
        )

    def _read(self, sql: str, by: str, signatory_id: str | None) -> Iterable[tuple]:
        """The rows `t` of the pact or of one signatory, in the order of their first column, `by`."""
        if signatory_id:
            own = f"{sql} WHERE t.pact_id = :pact AND t.signatory_id = :name ORDER BY {by}"
            return self.session.rows(own, pact=self.pact.id, name=signatory_id)
        part = f"{sql} WHERE {skip_index('t.pact_id')} = :pact AND {by} > :after ORDER BY {by}"
        return rows_in_parts(self.session, part, pact=self.pact.id)

    def _read_revs(self, numbers: Iterable[int] | None) -> Iterable[tuple]:
        """How many entries each commitment has, of the pact or of these numbers."""
        sql = "SELECT commitment_id, max(rev) FROM action WHERE {} GROUP BY commitment_id"
        if numbers is not None:
            inside, these = in_list(list(numbers))
            return self.session.rows(sql.format(f"commitment_id IN {inside}"), **these)
        part = sql.format(f"{skip_index('pact_id')} = :pact AND commitment_id > :after")
        return rows_in_parts(self.session, f"{part} ORDER BY commitment_id", pact=self.pact.id)

    def _given_up(self, every: Iterable[tuple], signatory_id: str | None) -> set[tuple]:
        """The commitments that their signatory does not make any more, by later versions or answers."""
        if not signatory_id and not self.session.rows(
            "SELECT seq FROM signatory WHERE pact_id = :pact AND measures <> '' "
            "UNION ALL SELECT seq FROM answer WHERE pact_id = :pact LIMIT 1",
            pact=self.pact.id,
        ):
            return set()
        listed = self._last("signatory", ("signatory_id",), "measures", signatory_id, gone=True)
        answers = self._last("answer", ("signatory_id", "measure"), "answer", signatory_id)
        answered = {name for name, _ in answers}
        signed_on = self._last("signatory", ("signatory_id",), "signed_on", signatory_id, gone=True)
        is_answered = bool(answers) or self._holds_answers()

        def is_made(name: str, measure: str) -> bool:
            if answers.get((name, measure)) in COMMITTING:
                return True
            if own := listed.get((name,)):
                return measure in own.split(";")
            is_silent = is_answered and not signed_on.get((name,))
            return name not in answered and not is_silent

        return {pair for pair in every if not is_made(*pair)}

    def _holds_answers(self) -> bool:
        """Whether anybody's answer to the pact counts."""
        sql = f"SELECT t.seq, {STATES['answer']} FROM answer t JOIN entry e ON e.seq = t.seq"
        return any(self.counts(state) for _, state in self._read(sql, "t.seq", None))

    def _last(
        self,
        table: str,
        key: Sequence[str],
        column: str,
        signatory_id: str | None,
        gone: bool = False,
    ) -> dict[tuple[str, ...], str | None]:
        """By key, a column of the last version that counts; with `gone`, of the last where none does."""
        found: dict[tuple[str, ...], str | None] = {}
        counting = set()
        sql = (
            f"SELECT t.seq, {STATES[table]}, t.{column}, {', '.join(f't.{one}' for one in key)} "
            f"FROM {table} t JOIN entry e ON e.seq = t.seq"
        )
        for _, state, value, *names in self._read(sql, "t.seq", signatory_id):
            if self.counts(state):
                counting.add(tuple(names))
            elif not gone or tuple(names) in counting:
                continue
            found[tuple(names)] = value
        return found

    def targets(self, action_ids: Sequence[str]) -> dict[str, Target]:
        """Each of these actions that the log holds, as the last version that counts has it."""
        found: dict[str, Target] = {}
        for inside, params in in_lists(action_ids):
            found |= self._found(f"t.pact_id = :pact AND t.action_id IN {inside}", params)
        return found | {name: self._own[name] for name in action_ids if name in self._own}

    def entries_naming(self, first: int) -> dict[str, Target]:
        """The entries that correct or withdraw an action, but for those that a reviewer refused."""
        return self._found(
            f"t.pact_id = :pact AND t.supersedes = :first AND NOT {_REFUSED}",
            {"first": first},
            gone=False,
        )

    def retractions(self, firsts: Sequence[int]) -> dict[int, str]:
        """By `first`, the entry that withdraws an action, unless a reviewer refused it, or it is
        withdrawn itself."""
        naming: list[tuple[int, int, str]] = []
        for inside, params in in_lists(firsts):
            for state, *row in self.session.rows(
                f"SELECT {STATE}, t.supersedes, t.first, t.action_id FROM action t "
                f"JOIN entry e ON e.seq = t.seq WHERE t.supersedes IN {inside} "
                f"AND t.kind = 'retraction' AND NOT {_REFUSED} ORDER BY t.seq",
                **params,
            ):
                if self.counts(state):
                    naming.append((row[0], row[1], row[2]))
        undone = self.retractions([one for _, one, _ in naming]) if naming else {}
        found = {first: name for first, one, name in naming if one not in undone}
        own = self._withdrawing
        return found | {first: own[first] for first in firsts if first in own}

    def _found(self, where: str, params: dict, gone: bool = True) -> dict[str, Target]:
        """By action_id. With `gone`, what does not count is found where nothing else is."""
        found: dict[str, Target] = {}
        counting = set()
        for state, name, *values in self.session.rows(
            f"SELECT {STATE}, t.action_id, t.first, t.kind, c.signatory_id, c.measure_id "
            "FROM action t JOIN entry e ON e.seq = t.seq JOIN commitment c ON c.id = t.commitment_id "
            f"WHERE {where} ORDER BY t.seq",
            pact=self.pact.id,
            **params,
        ):
            if self.counts(state):
                counting.add(name)
            elif not gone or name in counting:
                continue
            found[name] = Target(*values)
        return found

    def write(
        self,
        decided: Sequence[CheckedRow],
        author: str | None = None,
        request_id: str | None = None,
    ) -> dict[str, int]:
        """Append; a row may supersede a row before it. Returns the `first` of each action_id.

        With an `author`, the rows are that account's own writing: pending, part of no file.
        """
        if not decided:
            return {}
        load_seq = None if author else self.open_load()
        wanted = sorted({values.supersedes for values, _ in decided} - {None})
        firsts = self.targets(wanted) if wanted else {}
        written: dict[str, int] = {}
        rows, columns = [], []
        seq = self.journal.seq
        for values, before in decided:
            seq += 1
            name, about = values.action_id, (values.signatory_id, values.measure)
            number = self.commitments[about]
            rev = self.revs[number] = self.revs.get(number, 0) + 1
            version, first = (before.rev + 1, before.first) if before else (1, seq)
            written[name] = first
            target = values.supersedes
            supersedes = (written.get(target) or firsts[target].first) if target else None
            self._own[name] = Target(first, *map(intern, (values.kind, *about)))
            if supersedes and values.kind == Kind.RETRACTION:
                self._withdrawing[supersedes] = name
            identity = (self.pact.id, name, version, first)
            judged = (values.kind, values.status, values.happened_on, values.source_kind)
            facts = (rev, *judged, supersedes, *_later_facts(values))
            texts = self._kind.texts(values)
            key = derived_values("action", texts)
            rows.append(((*identity, *about, *facts), texts, key))
            columns.append((*identity, number, *facts))
        self.journal.append(
            "action", rows, load_seq=load_seq, request_id=request_id, columns=columns, author=author
        )
        return written
