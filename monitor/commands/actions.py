"""Writing checked actions: their commitment, their place in it, and what they supersede."""

from collections.abc import Sequence

from monitor.commands.kinds import LOOKUP, Kind
from monitor.commands.rows import Decided, RowWriter
from monitor.models import Pact
from monitor.store import Session
from monitor.store.base import among
from monitor.store.journal import Journal
from monitor.store.subjects import derived


class ActionWriter(RowWriter):
    """Appends actions. `commitments` and the last revision of each are read once: those of the
    pact, or of one signatory if that is all that is to be written about."""

    def __init__(
        self,
        session: Session,
        journal: Journal,
        kind: Kind,
        pact: Pact,
        file_name: str,
        accepted: bool = True,
        signatory_id: str | None = None,
    ):
        super().__init__(session, journal, kind, pact, file_name, accepted)
        only = "AND c.signatory_id = :signatory" if signatory_id else ""
        params = {"pact": pact.id} | ({"signatory": signatory_id} if signatory_id else {})
        self.commitments = {
            (name, measure): number
            for number, name, measure in session.rows(
                "SELECT c.id, c.signatory_id, c.measure_id FROM commitment c "
                f"WHERE c.pact_id = :pact {only}",
                **params,
            )
        }
        inside, these = "WHERE pact_id = :pact", {"pact": pact.id}
        if signatory_id:
            inside, these = among(list(self.commitments.values()))
            inside = f"WHERE commitment_id IN {inside}"
        self.revs: dict[int, int] = dict(
            session.rows(
                f"SELECT commitment_id, max(rev) FROM action {inside} GROUP BY commitment_id",
                **these,
            )
        )

    def targets(self, action_ids: Sequence[str]) -> dict[str, int]:
        """The entry of version 1 of each of these actions that the log holds."""
        found = {}
        for start in range(0, len(action_ids), LOOKUP):
            inside, params = among(action_ids[start : start + LOOKUP])
            found |= dict(
                self._session.rows(
                    "SELECT action_id, first FROM action "
                    f"WHERE version = 1 AND pact_id = :pact AND action_id IN {inside}",
                    pact=self._pact.id,
                    **params,
                )
            )
        return found

    def write(
        self,
        decided: Sequence[Decided],
        author: str | None = None,
        request_id: str | None = None,
    ) -> dict[str, int]:
        """Append; a row may supersede a row before it. Returns the `first` of each action_id.

        With an `author`, the rows are that account's own writing: pending, part of no file.
        """
        if not decided:
            return {}
        load_seq = None if author else self.load_seq
        wanted = sorted({values[13] for values, _ in decided if values[13]})
        firsts = self.targets(wanted) if wanted else {}
        written: dict[str, int] = {}
        rows, columns = [], []
        seq = self._journal.seq
        for values, before in decided:
            seq += 1
            number = self.commitments[values[1], values[2]]
            rev = self.revs[number] = self.revs.get(number, 0) + 1
            version, first = (before.rev + 1, before.first) if before else (1, seq)
            written[values[0]] = first
            supersedes = written.get(values[13]) or firsts[values[13]] if values[13] else None
            identity = (self._pact.id, values[0], version, first)
            facts = (rev, values[4], values[5], values[3], values[7], supersedes)
            texts = self._kind.texts(values)
            key = derived("action", texts)
            rows.append(((*identity, values[1], values[2], *facts), texts, key))
            columns.append((*identity, number, *facts))
        self._journal.append(
            "action", rows, load_seq=load_seq, request_id=request_id, columns=columns, author=author
        )
        return written
