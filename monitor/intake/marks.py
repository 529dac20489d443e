"""Marks in a table of answers, such as « x »: what they mean is said once for the whole file."""

import re
from collections import Counter
from collections.abc import Mapping

from monitor.findings import Doubt
from monitor.intake.cells import abbreviate_cell, clean_cell
from monitor.intake.vocabulary import code_of, word_key

#: What people write where nobody answered. A cross may be a yes, and a « ? » a doubt: they are refused.
_SILENCE = frozenset(
    (
        *"-–—/",
        *map(word_key, ("sans réponse", "pas de réponse", "aucune réponse", "no answer", "n/a")),
        *map(word_key, ("refuse de répondre", "n’a pas répondu", "declined to answer")),
    )
)
#: An answer, then words.
_BEGUN = re.compile(
    r"(?P<answer>oui|non|en partie|partiellement|yes|no|partly|partially)\b\s*"
    r"(?P<stop>[,;:.!(\n–—-]?)\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
#: How a condition begins, and what makes of a no one that has nothing left to do, as search keys.
_CONDITION = re.compile(
    r"(?:mais|sauf|si|s il|hors|excepte|sous reserve|sous condition|a condition|a la condition|en partie"
    r"|partiellement|but|if|except|unless|provided|subject to|on condition|in part|partly)\b"
)
_DONE = re.compile(r"\b(?:deja|already)\b")
#: What people tick an answer with.
_TICKS = frozenset("x✓✔☑✅✗✘❌●•*v")
#: What makes an emoji of a sign.
_EMOJI = "\ufe0f"


def is_silence(cell: str) -> bool:
    """Whether a cell says that nobody answered."""
    text = clean_cell(cell)
    return not text or text in _SILENCE or word_key(text) in _SILENCE


def answer_meant(word: str) -> str | None:
    """The answer that a word means, "" for none given, None if it means neither."""
    return "" if is_silence(word) else code_of("answer", word)


def split_answer(cell: str) -> tuple[str, str] | None:
    """The answer with which a cell begins that goes on in words, and the cell as it stands; None of any
    other, and of one that may mean two answers: « non, déjà fait ».

    A yes with a condition is one in part: « oui, mais pas avant 2028 »."""
    text = clean_cell(cell)
    if not (begun := _BEGUN.match(text)) or code_of("answer", text):
        return None
    answer, rest = answer_meant(begun["answer"]), word_key(begun["rest"])
    if condition := _CONDITION.match(rest):
        is_told = any(map(str.isalpha, rest[condition.end() :]))
        return ("partly", text) if is_told and answer in ("yes", "partly") else None
    if not begun["stop"] or not any(map(str.isalpha, rest)):
        return None
    if answer == "no" and _DONE.search(rest):
        return None
    return (answer, text) if answer else None


def mark_key(cell: str) -> str:
    """The same for a mark whatever its case."""
    return clean_cell(cell).replace(_EMOJI, "").casefold()


def is_mark(cell: str) -> bool:
    """Whether a cell holds what people tick an answer with; which one, they must say."""
    return mark_key(cell) in _TICKS


class AnswerMarks:
    """What marks mean in the answers of a file. `said`: mark -> the answer, "" for none given; the mark
    "" is an empty cell."""

    def __init__(self, said: Mapping[str, str]):
        self._said = {
            mark_key(mark): (mark, answer) for mark, answer in said.items() if mark or answer
        }
        self._found: Counter[str] = Counter()

    def read(self, cell: str) -> str:
        """What a cell says: the answer that its mark means, else what stands there."""
        key = mark_key(cell)
        if key not in self._said:
            return cell
        self._found[key] += 1
        return self._said[key][1]

    @property
    def doubts(self) -> list[Doubt]:
        """What each mark was taken for, and in how many cells: told beside the doubts."""
        told = []
        for key, (mark, answer) in self._said.items():
            said = ("n", str(self._found[key])), *([("answer", answer)] if answer else [])
            code = "mark_silent" if not answer else "mark_read" if mark else "empty_read"
            told.append(Doubt(None, "answer", abbreviate_cell(mark), code, said))
        return told
