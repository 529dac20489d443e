"""Files that wait and came of one table: those whom it brings, and their answers. They are decided of
together."""

from monitor.store import Session
from monitor.store.decisions import UNDECIDED_FILE


def answers_with_people(session: Session) -> dict[int, int]:
    """The files of answers that wait, by those of the signatories that came of the same table: the
    second bears the name of the first, and that of what it holds."""
    rows = session.rows(
        "SELECT l.seq, l.content, l.file_name, l.pact_id, e.author FROM load l "
        "JOIN entry e ON e.seq = l.seq "
        f"WHERE {UNDECIDED_FILE} AND l.content IN ('signatories', 'answers') ORDER BY l.seq"
    )
    people: dict[tuple, int] = {}
    found: dict[int, int] = {}
    for seq, content, name, *whose in rows:
        if content == "signatories":
            people[name, *whose] = seq
        elif first := people.pop((name.rpartition(" · ")[0], *whose), None):
            found[first] = seq
    return found


def other_part(session: Session, load_seq: int) -> int | None:
    """The file that came of the same table as this one, and waits as it does; None if there is none."""
    found = answers_with_people(session)
    return found.get(load_seq) or {second: first for first, second in found.items()}.get(load_seq)
