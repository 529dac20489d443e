"""What was decided of an entry, alone or with the file that brought it: accepted, refused, withdrawn or
pending. As SQL for both engines, worded once.

Who asks for what: the snapshot and the texts of pages take every entry that was ever `accepted`, of a
withdrawn file too, and say so of it; figures leave it out (`log.Actions.mask_counted`). Which pacts and
areas there are, and what outside readers see, is what `counts`. `public_views` words the condition of an
action anew, as its file counts or a reviewer accepted it: an entry of a file is never reviewed alone.
"""

from typing import NamedTuple

from monitor.models import Decision
from monitor.store.base import Session


class DecisionSQL(NamedTuple):
    """Pieces of a SELECT. `joins`: what the others need; `withdrawal`: what `state` and `counts` need
    beside it. `state`: one of accepted, refused, withdrawn, pending, unfinished. `accepted`: whether it
    ever was; `counts`: whether it was, and its file was not withdrawn since. `accepted_by`: the entry
    that accepted it, where one did."""

    joins: str
    withdrawal: str
    state: str
    accepted: str
    counts: str
    accepted_by: str


def file_decision(prefix: str = "") -> DecisionSQL:
    """What was decided of a file, in a SELECT that has it as `l`. `prefix`: of that name and of all
    that are joined: `v` and `r` the reviews of a file and of an entry, `w` the withdrawal."""
    return _decision(prefix, "", (f"{prefix}v",))


def entry_decision(entry: str, prefix: str = "") -> DecisionSQL:
    """The same of an entry, in a SELECT that has it under that name; `l`: its file, if one brought
    it."""
    load = f"LEFT JOIN load {prefix}l ON {prefix}l.seq = {entry}.load_seq"
    review = f"LEFT JOIN review {prefix}r ON {prefix}r.action_seq = {entry}.seq"
    return _decision(prefix, f"{load} {review}", (f"{prefix}v", f"{prefix}r"))


def reviewer(review: str, entry: str) -> str:
    """Who decided, by the entry `review`, of the entry or file `entry`: nobody where that is its author,
    the operator, who accepts what was written in parts. As SQL."""
    return f"CASE WHEN {review}.author <> {entry}.author THEN {review}.author END"


def review_condition(decision: Decision, action: str) -> str:
    """Whether a reviewer decided so of an action alone."""
    return (
        f"EXISTS (SELECT 1 FROM review rv WHERE rv.action_seq = {action}.seq "
        f"AND rv.decision = '{decision}')"
    )


def _decision(prefix: str, joins: str, reviews: tuple[str, ...]) -> DecisionSQL:
    load, withdrawal = f"{prefix}l", f"{prefix}w"
    decided = ", ".join(f"{review}.decision" for review in reviews)
    accepted = " OR ".join(
        [f"{load}.accepted = 1", *(f"{review}.decision = 'accepted'" for review in reviews)]
    )
    return DecisionSQL(
        joins=f"{joins} LEFT JOIN load_review {prefix}v ON {prefix}v.load_seq = {load}.seq",
        withdrawal=f"LEFT JOIN withdrawal {withdrawal} ON {withdrawal}.load_seq = {load}.seq",
        state=f"CASE WHEN {withdrawal}.seq IS NOT NULL THEN 'withdrawn' "
        f"WHEN {load}.accepted = 1 THEN 'accepted' ELSE coalesce({decided}, "
        f"CASE WHEN {_is_unfinished(load)} THEN 'unfinished' ELSE 'pending' END) END",
        accepted=f"({accepted})",
        counts=f"({withdrawal}.seq IS NULL AND ({accepted}))",
        accepted_by=f"coalesce({', '.join(f'{one}.seq' for one in (*reviews, load))})",
    )


def _is_unfinished(load: str) -> str:
    """Whether a file that nobody has decided of is being written in parts, or its writing was cut off,
    as SQL: not all of an account's is there, or the operator has not accepted what is."""
    return (
        f"(coalesce({_last_step(load)}, 'whole') <> 'whole' OR EXISTS (SELECT 1 FROM entry o "
        f"WHERE o.seq = {load}.seq AND o.author = 'operator'))"
    )


def _last_step(load: str) -> str:
    return (
        f"(SELECT s.step FROM load_step s WHERE s.load_seq = {load}.seq "
        "ORDER BY s.seq DESC LIMIT 1)"
    )


#: The last step of the file `l`, NULL where it was written at once.
LAST_STEP = _last_step("l")
_FILE = file_decision()
_UNDECIDED = """
    l.accepted = 0 AND NOT EXISTS (SELECT 1 FROM load_review v WHERE v.load_seq = l.seq)
    AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.load_seq = l.seq)
"""
#: Whether the file `l` is being written in parts, or its writing was cut off: nobody can decide of it.
UNFINISHED_FILE = f"{_UNDECIDED} AND {_is_unfinished('l')}"
#: Whether nobody has decided of the file `l`, and somebody can.
UNDECIDED_FILE = f"{_UNDECIDED} AND NOT {_is_unfinished('l')}"
#: What was decided of the file that brought the entry `e`; NULL where none did.
STATE_OF_FILE = f"""(
    SELECT {_FILE.state} FROM load l {_FILE.joins} {_FILE.withdrawal} WHERE l.seq = e.load_seq)"""
#: The files that count: accepted as a whole, and not withdrawn.
COUNTING_FILES = f"SELECT l.seq FROM load l {_FILE.joins} {_FILE.withdrawal} WHERE {_FILE.counts}"


def writing_state(session: Session, load_seq: int) -> str:
    """How far the writing of a file of an account is: `open` (in parts, amid them or cut off), `whole`,
    `abandoned`, or `withdrawn` since."""
    ((state,),) = session.rows(
        f"""
        SELECT CASE WHEN EXISTS (SELECT 1 FROM withdrawal w WHERE w.load_seq = l.seq) THEN 'withdrawn'
            WHEN {LAST_STEP} = 'part' THEN 'open' WHEN {LAST_STEP} = 'abandoned' THEN 'abandoned'
            ELSE 'whole' END
        FROM load l WHERE l.seq = :seq
        """,
        seq=load_seq,
    )
    return state
