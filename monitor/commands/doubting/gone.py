"""Rows of an earlier version of a file that this one has no more."""

from collections.abc import Iterator

from monitor.columns import KEYS
from monitor.commands.absent import ABOUT, absent_people
from monitor.commands.doubting.base import Asked
from monitor.commands.kinds import KINDS
from monitor.models import RowOutcome
from monitor.store.retracted import KEYS_OF, retractions

#: A file of another name that has this share of the ids of an earlier one is taken for its next version.
SHARE = 1 / 3
#: A file that has this share of all that those of one name brought is taken for the next of them.
MOST = 0.6
_WHOM = {
    "mandates": "t.signatory_id",
    "actions": "(SELECT c.signatory_id FROM commitment c WHERE c.id = t.commitment_id)",
}
_FILES = """
    SELECT l.seq, l.file_name,
           CASE WHEN EXISTS (SELECT 1 FROM withdrawal w WHERE w.load_seq = l.seq) THEN 'gone'
                WHEN l.accepted = 1 THEN 'accepted'
                ELSE coalesce((SELECT CASE v.decision WHEN 'refused' THEN 'gone' ELSE v.decision END
                               FROM load_review v WHERE v.load_seq = l.seq), 'pending') END
    FROM load l WHERE l.pact_id = :pact AND l.content = :content ORDER BY l.seq
"""


def gone_rows(asked: Asked, content: str, present: set[tuple]) -> Iterator[tuple[tuple, str]]:
    """(key, name of the earlier file) of each row that an earlier version of the file brought and this
    one has not. Which files are earlier versions is read in the log: those of the same name that
    share an id with it, those of which it has a third of the ids, and all files of a name, which grew
    from load to load, if it has most of the ids of all. What was withdrawn is left out, and what is
    about somebody whom the log has no more.
    """
    files = {
        seq: name
        for seq, name, state in asked.session.rows(_FILES, pact=asked.pact.id, content=content)
        if asked.counts(state)
    }
    names = ", ".join(f"t.{name}" for name in KEYS[content])
    subject = KINDS[content].subject
    withdrawn = {
        "action": "SELECT 1 FROM action r WHERE r.supersedes = t.first AND r.kind = 'retraction'",
        **{table: retractions(table) for table in KEYS_OF},
    }
    standing = f"AND NOT EXISTS ({withdrawn[subject]})" if subject in withdrawn else ""
    absent = absent_people(asked.session, asked.pact.id, asked.counts) if content in ABOUT else {}
    whom = _WHOM[content] if absent else "NULL"
    brought: dict[int, dict[tuple, None]] = {}
    for chunk in asked.session.chunks(
        f"SELECT e.load_seq, {whom}, {names} FROM {subject} t JOIN entry e ON e.seq = t.seq "
        f"WHERE t.pact_id = :pact {standing} ORDER BY t.seq",
        pact=asked.pact.id,
    ):
        for seq, name, *key in chunk:
            if seq in files and name not in absent:
                brought.setdefault(seq, {})[tuple(key)] = None
    outcomes = asked.report.outcomes
    if outcomes[RowOutcome.CREATED] or outcomes[RowOutcome.CORRECTED]:
        ((own,),) = asked.session.rows("SELECT max(seq) FROM load")
        brought.pop(own, None)
    grown: dict[str, dict[tuple, None]] = {}
    for seq, keys in brought.items():
        grown.setdefault(files[seq], {}).update(keys)
    alone = [
        (files[seq], keys, 0 if files[seq] == asked.report.file_name else SHARE)
        for seq, keys in brought.items()
    ]
    told: set[tuple] = set()
    for file, keys, share in [*alone, *((name, keys, MOST) for name, keys in grown.items())]:
        shared = len(present.intersection(keys))
        if not shared or shared < share * len(keys):
            continue
        for key in keys:
            if key not in present and key not in told:
                told.add(key)
                yield key, file
