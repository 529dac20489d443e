"""The heads that were given out: the table of them, and the text that anybody may keep and compare.

A head says how the whole log was: whoever rewrites an entry changes every hash from there on.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from monitor import chain
from monitor.store.base import KEYS_AT_ONCE, Session, batches, in_list
from monitor.store.head import LAST_SEQ, read_head

#: The first line of the text.
TITLE = "# seq hash day"
#: A number, its hash, and most often the day: as in the text, or as a page or a file shows a head.
_LINE = re.compile(
    r"([0-9]{1,19})[\s:,;]+([0-9a-fA-F]{64})(?:[\s,;]+([0-9]{4}-[0-9]{2}-[0-9]{2}))?"
)


class Head(NamedTuple):
    """The log ended with the entry `seq`, whose hash this is, on that day (UTC; "" where it is not
    said)."""

    seq: int
    hash: str
    day: str = ""

    @property
    def line(self) -> str:
        return f"{self.seq} {self.hash} {self.day}".rstrip()


@dataclass(frozen=True)
class ListedHeads:
    """What a text of heads holds: `heads` by line number, `wrong` the lines that are none (number,
    text)."""

    heads: dict[int, Head]
    wrong: list[tuple[int, str]]


def read_heads(text: str) -> ListedHeads:
    """The heads that a text lists, one a line, in any order; lines that begin with `#` say nothing."""
    heads, wrong = {}, []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        words = line.strip().strip("\"'")
        if not words or words.startswith("#"):
            continue
        found = _LINE.fullmatch(words)
        if found and (found[3] is None or _is_day(found[3])):
            heads[number] = Head(int(found[1]), found[2].lower(), found[3] or "")
        else:
            wrong.append((number, words))
    return ListedHeads(heads, wrong)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def give_head_out(session: Session, day: str) -> Head:
    """Put the head as it is now among those that were given out, for that day; harmless when it is
    there already. Within a write."""
    head = Head(*read_head(session), day)
    append_heads(session, [head])
    return head


def append_heads(session: Session, heads: Sequence[Head]) -> None:
    """Put heads at the end of those that were given out, unless they are there. Within a write."""
    known = set(session.rows("SELECT seq, hash, day FROM published_head"))
    more = [head for head in dict.fromkeys(heads) if head not in known]
    ((last,),) = session.rows("SELECT coalesce(max(id), 0) FROM published_head")
    rows = [(number, *head) for number, head in enumerate(more, start=last + 1)]
    session.insert("published_head", ("id", "seq", "hash", "day"), rows)


def last_day(session: Session) -> str:
    """The latest day on which a head was given out, "" before the first."""
    ((day,),) = session.rows("SELECT coalesce(max(day), '') FROM published_head")
    return day


def published_text(session: Session) -> str:
    """Every head that was given out, in that order, one a line; in between, what the operator said of
    a log that held the ones before no more."""
    rewritings: dict[int, list[str]] = {}
    for after, at, seq, hash_, reason in session.rows(
        "SELECT after_id, accepted_at, seq, hash, reason FROM rewriting ORDER BY id"
    ):
        words = " ".join(reason.split())
        rewritings.setdefault(after, []).append(
            f"# rewritten {at[:10]} from {seq} {hash_}: {words}"
        )
    lines = [TITLE]
    for number, *head in session.rows("SELECT id, seq, hash, day FROM published_head ORDER BY id"):
        if head[0]:  # before the first entry there is nothing to prove
            lines.append(Head(*head).line)
        lines += rewritings.pop(number, ())
    for rest in rewritings.values():
        lines += rest
    return "\n".join(lines) + "\n"


def missing_heads(session: Session, heads: Iterable[Head]) -> list[Head]:
    """Those that do not lie in the chain of this log, in the order of their numbers."""
    lost = []
    for part in batches(sorted(set(heads)), KEYS_AT_ONCE):
        inside, params = in_list(list({head.seq for head in part if head.seq <= LAST_SEQ}))
        found = {0: chain.GENESIS}
        if params:
            found |= dict(
                session.rows(f"SELECT seq, hash FROM entry WHERE seq IN {inside}", **params)
            )
        lost += [head for head in part if found.get(head.seq) != head.hash]
    return lost
