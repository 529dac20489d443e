"""Rows of an earlier version of a file that this one has no more.

A file that comes again whole repeats rows as the log has them; one that only adds, or only corrects,
has no reason to. Which it is, is read in the rows, and never in the name alone: volunteers call theirs
`actions.csv` week after week.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.commands.absent_signatories import ABOUT, absent_people
from monitor.commands.doubting.base import Weighing
from monitor.commands.doubting.log_reading import REPLACING
from monitor.commands.files import FILE_KINDS
from monitor.i18n import join_first
from monitor.schema import KEYS
from monitor.store.base import KEYS_AT_ONCE, in_lists, rows_in_parts, skip_index
from monitor.store.retracted import KEYS_OF, retractions

#: A file by somebody else, or of another name, that has this share of the ids of an earlier one is taken
#: for its next version.
SHARE_REPEATED = 1 / 3
#: So is one that repeats none of its rows, and has this share of them: each is corrected.
SHARE_CORRECTED = 0.6
#: Where more of the rows are gone than are there, they are counted, and not named one by one.
NAMED = 1 / 2
#: Then so many of them are.
SOME = 3
#: A file of so many rows or fewer is looked up before all that the log holds is read.
SMALL = 20 * KEYS_AT_ONCE
#: Whom a row is about, where it does not name them itself.
_WHOM = {"actions": "(SELECT c.signatory_id FROM commitment c WHERE c.id = t.commitment_id)"}
_FILES = """
    SELECT l.seq, l.file_name, e.author FROM load l JOIN entry e ON e.seq = l.seq
    WHERE l.pact_id = :pact AND l.content = :content AND l.seq <= :until ORDER BY l.seq
"""


class File(NamedTuple):
    """A file that was loaded: its name, and by whom."""

    name: str
    author: str


class GoneRows(NamedTuple):
    """The rows of an earlier file that this one has not: their keys, of how many it had."""

    file: str
    keys: list[tuple]
    of: int

    @property
    def are_named(self) -> bool:
        """Whether they are few enough beside what is left to be named one by one."""
        return len(self.keys) <= NAMED * self.of


def tell_gone(weighing: Weighing, author: str) -> None:
    """Say which rows of earlier versions of the file, which `author` loads, it has no more: each of
    them, or how many where most are gone. Nothing where rows were refused: they may be these."""
    column = KEYS[weighing.content][0]
    if weighing.asked.report.refused:
        return
    for gone in gone_rows(weighing, File(weighing.asked.report.file_name, author)):
        count = len(gone.keys)
        if not weighing.seen:
            weighing.doubt(None, column, "file_emptied", file=gone.file, n=count)
        elif gone.are_named:
            for name in _rows_in_words(weighing, gone.keys):
                weighing.doubt(None, column, weighing.gone, name, file=gone.file)
        else:
            some = join_first(_rows_in_words(weighing, gone.keys[: SOME + 1]), SOME)
            values = {"file": gone.file, "n": count, "size": gone.of, "known": some}
            weighing.doubt(None, column, "rows_gone", "", **values)


def _rows_in_words(weighing: Weighing, keys: Sequence[tuple]) -> list[str]:
    """Each row by what identifies it, with the name of the person whom it is about."""
    is_of_people = weighing.content == "signatories" or KEYS[weighing.content][0] == "signatory_id"
    called = weighing.before.names({key[0] for key in keys}) if is_of_people else {}
    return [" · ".join([*filter(None, [called.get(key[0])]), *map(str, key)]) for key in keys]


def gone_rows(weighing: Weighing, own: File) -> Iterator[GoneRows]:
    """Of each earlier version of this file, the rows that it has no more.

    A file is the next version of an earlier one if it repeats a row of it, and has the same name and
    author or a third of its ids; or if it has most of its ids. The files of one name and author, which
    grew from load to load, are taken together if it has most of the ids of all. One without any row is
    the next of the last file of its name. What was withdrawn is left out, and what is
    about somebody whom the log has no more.
    """
    asked, present = weighing.asked, weighing.seen
    standing = weighing.before.standing_files()
    files: dict[int, File] = {
        seq: File(name, author)
        for seq, name, author in asked.session.rows(
            _FILES, pact=asked.pact.id, content=weighing.content, until=weighing.before.until
        )
        if seq in standing and name not in asked.beside
    }
    if not present:
        latest = [seq for seq, file in files.items() if file == own][-1:]
        files = {seq: files[seq] for seq in latest}
    if not files or (present and (_says_all(weighing) or not _any_known(weighing))):
        return
    brought: dict[int, dict[tuple, None]] = {seq: {} for seq in files}
    for seq, *key in _rows(weighing):
        if seq in brought:
            brought[seq][tuple(key)] = None
    seen: set[tuple] = set()
    for file, keys in _versions(files, brought, weighing, own):
        gone = [key for key in keys if key not in present and key not in seen]
        if gone:
            seen.update(gone)
            yield GoneRows(file.name, gone, len(keys))


def _versions(
    files: dict[int, File], brought: dict[int, dict], weighing: Weighing, own: File
) -> Iterator[tuple[File, dict]]:
    """The earlier versions of the file, each with its keys."""
    present, repeated = weighing.seen, weighing.repeated
    grown: dict[File, dict[tuple, None]] = {}
    for seq, keys in brought.items():
        grown.setdefault(files[seq], {}).update(keys)
        shared = len(present.intersection(keys))
        again = files[seq] == own or shared >= SHARE_REPEATED * len(keys)
        if (
            not present
            or (shared and shared >= SHARE_CORRECTED * len(keys))
            or (again and not repeated.isdisjoint(keys))
        ):
            yield files[seq], keys
    for file, keys in grown.items():
        shared = len(present.intersection(keys))
        if shared and shared >= SHARE_CORRECTED * len(keys):
            yield file, keys


def _says_all(weighing: Weighing) -> bool:
    """Whether the file says again, as it is, all that the log holds: then no row is gone."""
    if len(weighing.repeated) < len(weighing.seen):
        return False
    subject = FILE_KINDS[weighing.content].subject
    ((known,),) = weighing.asked.session.rows(
        f"SELECT count(*) FROM (SELECT DISTINCT {', '.join(_names(weighing))} FROM {subject} t "
        "WHERE t.pact_id = :pact AND t.seq <= :until) known",
        pact=weighing.asked.pact.id,
        until=weighing.before.until,
    )
    return known == len(weighing.seen)


def _any_known(weighing: Weighing) -> bool:
    """Whether the log had any row of the file before; asked of small files only."""
    keys = sorted({key[0] for key in weighing.seen if key[0]})
    if len(keys) > SMALL:
        return True
    kind = FILE_KINDS[weighing.content]
    column = _names(weighing)[0]
    for inside, params in in_lists(keys):
        if weighing.asked.session.rows(
            f"SELECT t.seq FROM {kind.subject} t "
            f"WHERE t.pact_id = :pact AND t.seq <= :until AND {column} IN {inside} LIMIT 1",
            pact=weighing.asked.pact.id,
            until=weighing.before.until,
            **params,
        ):
            return True
    return False


def _rows(weighing: Weighing) -> Iterator[tuple]:
    """(load, *key) of every row that files brought before this one, and that nobody withdrew."""
    subject = FILE_KINDS[weighing.content].subject
    withdrawn = {
        "action": f"{REPLACING} AND r.kind = 'retraction'",
        **{table: retractions(table) for table in KEYS_OF},
    }
    standing = f"AND NOT EXISTS ({withdrawn[subject]})" if subject in withdrawn else ""
    asked, content = weighing.asked, weighing.content
    absent = absent_people(asked.session, asked.pact.id, asked.counts) if content in ABOUT else {}
    whom = _WHOM.get(content, "t.signatory_id") if absent else "NULL"
    sql = (
        f"SELECT t.seq, e.load_seq, {whom}, {', '.join(_names(weighing))} "
        f"FROM {subject} t JOIN entry e ON e.seq = t.seq "
        f"WHERE {skip_index('t.pact_id')} = :pact AND t.seq > :after AND t.seq <= :until {standing} "
        "ORDER BY t.seq"
    )
    rows = rows_in_parts(asked.session, sql, pact=asked.pact.id, until=weighing.before.until)
    for _, seq, name, *key in rows:
        if name not in absent and tuple(key) not in weighing.withdrawing:
            yield seq, *key


def _names(weighing: Weighing) -> list[str]:
    return [f"t.{name}" for name in KEYS[weighing.content]]
