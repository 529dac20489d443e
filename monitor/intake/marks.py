"""Marks in a table of answers, such as « x », and words of one's own for statuses: what they mean is
said once for the whole file."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property

from monitor.findings import Doubt
from monitor.i18n import join_first
from monitor.intake.answer_words import (
    ABBREVIATIONS,
    is_in_letters,
    says_more,
    split_answer,
    without_source_marks,
)
from monitor.intake.cells import FaultyCell, abbreviate_cell, clean_cell
from monitor.intake.said_where import without_said_where
from monitor.intake.status_words import says_opposite, says_refused
from monitor.intake.vocabulary import code_of, word_key
from monitor.models import Answer, Status

#: What people write where nobody answered. A cross may be a yes, and a « ? » a doubt: they are refused.
_SILENCE = frozenset(
    (
        *"-–—−/",
        *map(word_key, ("sans réponse", "pas de réponse", "aucune réponse", "no answer", "n/a")),
        *map(word_key, ("refuse de répondre", "n’a pas répondu", "declined to answer")),
        *map(
            word_key, ("n’a pas encore répondu", "en attente de réponse", "pas encore de réponse")
        ),
        *("no reply", "no response", "did not reply", "did not respond"),
        # What programs write where there is nothing.
        *("null", "nan", "none", "undefined"),
    )
)
#: What says that nobody answered, or that there is nothing to answer; as a key.
_INAPPLICABLE = word_key("n/a")
#: What nobody ticks a no with, and what says no beside it; « ✗ » alone may be a cross in a box.
_YES_TICKS, _NO_TICKS = frozenset("✓✔☑✅👍"), frozenset("✗✘❌👎")
#: What people tick an answer with.
_TICKS = frozenset("x●•*v") | _YES_TICKS | _NO_TICKS
#: A box of a spreadsheet that is ticked; one that is not, which may be a no or say nothing.
_TICKED, _UNTICKED = "true", frozenset(("false", "0", "☐"))
_BOXES = {
    **dict.fromkeys(("vrai", "checked", "coché"), _TICKED),
    **dict.fromkeys(("faux", "unchecked", "non coché"), "false"),
    "1.0": "1",
    "0.0": "0",
}
#: What is looked for in the whole file, before it is known what it means.
_PRESUMED = _YES_TICKS | _NO_TICKS | ABBREVIATIONS | {"1"}
#: Cells that a sentence names.
_NAMED = 12
#: What may say no beside a « + », and else stands where nobody answered.
_MINUS = frozenset("-–—−")
#: What turns a sign into an emoji, and gives it a colour of skin.
_EMOJI = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")


def is_silence(cell: str) -> bool:
    """Whether a cell says that nobody answered."""
    text = clean_cell(cell)
    return not text or text in _SILENCE or word_key(text) in _SILENCE


#: The column of each sort of file that people fill with marks of their own.
MARKED = {"answers": "answer", "actions": "status"}


def meant_by_marks(content: str, words: Mapping[str, str]) -> dict[str, str]:
    """Of the words that somebody said for marks, those that mean anything in a file of that sort: the
    code for each mark, "" for none given."""
    column = MARKED[content]
    meant = {mark: _code_meant(column, word) for mark, word in words.items()}
    return {mark: code for mark, code in meant.items() if code is not None}


def _code_meant(column: str, word: str) -> str | None:
    if column == "status":
        return code_of(column, word) if word.strip() else ""
    return answer_meant(word)


def answer_meant(word: str) -> str | None:
    """The answer that a word means, "" for none given, None if it means no answer that is known."""
    return "" if is_silence(word) else code_of("answer", word)


def mark_key(cell: str) -> str:
    """The same for a mark whatever its case and its apostrophes, and for a box in any language."""
    key = _EMOJI.sub("", clean_cell(cell)).replace("’", "'").casefold()
    return _BOXES.get(key, key)


def is_mark(cell: str) -> bool:
    """Whether a cell holds what people tick an answer with; which one, they may have to say."""
    return mark_key(cell) in _TICKS


def is_tick(cell: str) -> bool:
    """Whether a cell is a cross or a tick that says no more than where it stands. « ✗ » may say no."""
    return mark_key(cell) in _TICKS - _NO_TICKS | {_TICKED, "1"}


def is_box(cell: str) -> bool:
    """Whether a cell is a box, ticked or not, or one of the numbers that people write for it."""
    return mark_key(cell) in _UNTICKED | {_TICKED, "1"}


def is_unticked(cell: str) -> bool:
    """Whether a cell says that a box is not ticked: that is a no, or no answer."""
    return mark_key(cell) in _UNTICKED


def hold_answers(cells: Iterable[str], *, with_marks: bool) -> bool:
    """Whether at least half of what stands in some cells is an answer or, `with_marks`, what people tick
    one with; cells that say that nobody answered are not counted."""
    filled = [cell for cell in cells if not is_silence(cell)]
    answers = sum(bool(answer_meant(cell)) or (with_marks and is_mark(cell)) for cell in filled)
    return answers > 0 and 2 * answers >= len(filled)


def presume_marks(cells: Iterable[str]) -> dict[str, str]:
    """The answers that marks mean among all the answers of a file, by their keys, where they can mean
    nothing else: « ✔ » is a yes, « ✗ » a no beside it, « NSP » neither, and « 1 » a yes where there is
    no other number but 0."""
    keys = {mark_key(without_source_marks(cell)) for cell in cells}
    found = dict.fromkeys(keys & _YES_TICKS, "yes")
    if found:
        found |= dict.fromkeys(keys & _NO_TICKS, "no")
    found |= dict.fromkeys(keys & ABBREVIATIONS, Answer.NEITHER.value)
    if {key for key in keys if key[:1].isdecimal()} <= {"0", "1"}:
        found |= dict.fromkeys(keys & {"1"}, "yes")
    return found


class AnswerMarks:
    """What marks mean in the answers of a file. `words`: mark -> the answer, "" for none given; the mark
    "" is an empty cell. `look`: all the cells that hold answers, read once if some mark may mean what
    nobody said (`presume_marks`)."""

    column = "answer"
    #: The doubts that tell what was done of a mark that is no answer, of one, and of empty cells.
    told_as = ("mark_silent", "mark_read", "empty_read")
    presumed: frozenset[str] = frozenset(_PRESUMED)

    def __init__(self, words: Mapping[str, str], look: Callable[[], Iterable[str]] = tuple):
        self._words = {
            mark_key(mark): (mark, answer) for mark, answer in words.items() if mark or answer
        }
        self._unread: Collection[str] = self.presumed - {*map(mark_key, words)}
        self._look = look
        self._found: Counter[str] = Counter()
        self._presumed_in: dict[str, str] = {}
        self._noted: list[str] = []
        self._said_where: list[str] = []
        self._minus = 0
        self._inapplicable: list[str] = []

    @cached_property
    def _presumed(self) -> Mapping[str, str]:
        return presume_marks(self._look())

    def read(self, cell: str) -> str:
        """What a cell says: the answer that its mark means, else what stands there."""
        key = mark_key(cell)
        if cell[-1:] == "]" and key not in self._words and type(cell) is str:
            cell, noted = without_source_marks(cell), cell
            if cell != noted:
                self._noted.append(noted)
                key = mark_key(cell)
        if key in _MINUS and "+" in self._words and key not in self._words:
            self._minus += 1
        if key in self._words:
            self._found[key] += 1
            return self._words[key][1]
        if self.column == "answer" and len(cell) <= len(_INAPPLICABLE) + 2:
            self._inapplicable += [clean_cell(cell)] * (word_key(cell) == _INAPPLICABLE)
        if key in self._unread and (answer := self._presumed.get(key)):
            self._presumed_in.setdefault(key, clean_cell(cell))
            self._found[key] += 1
            return answer
        if type(cell) is FaultyCell and cell.code == "boolean_cell":
            return str(cell)  # a box of a spreadsheet is no fault where it may be an answer
        if self.column == "answer" and type(cell) is str:
            bare = without_said_where(cell)
            if bare != cell:
                self._said_where.append(clean_cell(cell))
            return bare
        return cell

    @property
    def any_silenced(self) -> bool:
        """Whether somebody said of a mark that it is no answer."""
        return any(not answer for _, answer in self._words.values())

    def is_silenced(self, cell: str) -> bool:
        """Whether somebody said of what stands in a cell that it is no answer."""
        return self._words.get(mark_key(cell), ("", "?"))[1] == ""

    def split(self, cell: str) -> tuple[str, str] | None:
        """`split_answer`, and the same of a mark that says more than the answer that it means: « déjà
        fait » stays beside it. A single word is the answer alone, once somebody says which."""
        if (key := mark_key(cell)) in self._words:
            answer = self._words[key][1]
            is_said = answer and " " in word_key(cell) and is_in_letters(cell)
            is_more = (is_said or says_more(cell, answer)) and not answer_meant(cell)
            return (answer, clean_cell(cell)) if is_more else None
        return split_answer(without_said_where(cell))

    @property
    def doubts(self) -> list[Doubt]:
        """What each mark was taken for, and in how many cells: told beside the doubts."""
        doubts = []
        silent, read, emptied = self.told_as
        for key, (mark, answer) in self._words.items():
            if not self._is_told(key, answer):
                continue
            values = ("n", str(self._found[key])), *([(self.column, answer)] if answer else [])
            code = silent if not answer else read if mark else emptied
            doubts.append(Doubt(None, self.column, abbreviate_cell(mark), code, values))
        for key, mark in self._presumed_in.items():
            values = (("n", str(self._found[key])), ("answer", self._presumed[key]))
            doubts.append(Doubt(None, "", abbreviate_cell(mark), "mark_presumed", values))
        if self._minus:
            values = (("n", str(self._minus)),)
            doubts.append(Doubt(None, self.column, "-", "minus_silent", values))
        if self._inapplicable:
            values = (("n", str(len(self._inapplicable))),)
            mark = self._inapplicable[0]
            doubts.append(Doubt(None, self.column, mark, "inapplicable_silent", values))
        if self._noted:
            values = (("n", str(len(self._noted))),)
            doubts.append(Doubt(None, "", abbreviate_cell(self._noted[0]), "source_marks", values))
        if self._said_where:
            cells = dict.fromkeys(map(abbreviate_cell, self._said_where))
            values = (
                ("n", str(len(self._said_where))),
                ("near", join_first([*cells], _NAMED, " ; ")),
            )
            doubts.append(Doubt(None, self.column, "", "said_where", values))
        return doubts

    def _is_told(self, key: str, meant: str) -> bool:
        return True


class StatusMarks(AnswerMarks):
    """The same in the statuses of a file: nothing is presumed of them."""

    column = "status"
    told_as = ("status_emptied", "status_read", "empty_status_read")
    presumed = frozenset()

    def _is_told(self, key: str, meant: str) -> bool:
        """Not what no cell has and may have been said of answers: « en partie »."""
        return self._found[key] > 0 or meant not in ("", Status.PARTLY_IMPLEMENTED)

    def words_beside(self, cell: str) -> str:
        """What somebody wrote in place of a status, where it says more than the status that it means:
        « promis pour 2027 », and « contraire » where it means none; "" for a word, or what is a name of
        a status."""
        status = self._words.get(mark_key(cell), ("", "?"))[1]
        if not status and says_opposite(cell):
            return clean_cell(cell)
        status = status if status != "?" else ""
        is_more = status and " " in word_key(cell) and is_in_letters(cell)
        return clean_cell(cell) if is_more and code_of("status", cell) is None else ""

    @property
    def doubts(self) -> list[Doubt]:
        """The same, and where somebody else refused what whoever signed is said to have abandoned, or a
        fact stays without a status that says the opposite of what was promised."""
        told = [
            Doubt(None, self.column, abbreviate_cell(mark), "refused_abandoned")
            for key, (mark, status) in self._words.items()
            if self._found[key] and status == Status.ABANDONED and says_refused(mark)
        ]
        told += [
            Doubt(
                None,
                self.column,
                abbreviate_cell(mark),
                "opposite_noted",
                (("n", str(self._found[key])),),
            )
            for key, (mark, status) in self._words.items()
            if self._found[key] and not status and says_opposite(mark)
        ]
        return [*super().doubts, *told]
