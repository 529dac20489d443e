"""Answers that go on in words, of whoever answered or of others: « oui, mais pas avant 2028 »."""

import re

from monitor.intake.cells import clean_cell
from monitor.intake.moods import split_mood
from monitor.intake.vocabulary import code_of, word_key
from monitor.models import Answer

#: An answer, then words.
_BEGUN = re.compile(
    r"(?P<answer>oui|non|en partie|partiellement|yes|no|partly|partially)\b\s*"
    r"(?P<stop>[,;:.!(\n–—-]?)\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
#: « Ne se prononce pas », in a survey.
ABBREVIATIONS = frozenset(("nsp", "nspp"))
#: What says an answer and no more, as search keys: other words for it are kept as the person's own.
_BARE = frozenset(
    (
        *map(
            word_key,
            ("part", "en partie", "partiellement", "partiel", "partielle", "oui en partie"),
        ),
        *map(word_key, ("oui partiellement", "partly", "partially", "partial", "in part")),
        *map(word_key, ("ni oui ni non", "neither yes nor no", "neither")),
        *map(word_key, ("ne se prononce pas", "ne sait pas", "don’t know")),
        *ABBREVIATIONS,
    )
)
#: More than a letter that refers to a note.
_A_WORD = re.compile(r"[^\W\d_]{2}")
#: How a condition begins, and what makes of a no one that has nothing left to do, as search keys.
_CONDITION = re.compile(
    r"(?:mais|sauf|si|s il|hors|excepte|sous reserves?|sous conditions?|a conditions?|a la condition"
    r"|en partie|partiellement|but|if|except|unless|provided|subject to|on condition|in part|partly)\b"
)
_DONE = re.compile(r"\b(?:deja|already)\b")
#: What makes of a yes one in part with no more said.
_IN_PRINCIPLE = re.compile(r"(?:en|sur le|dans le|in) princip(?:e|le)\b.*")
#: A no that is not quite one.
_RATHER = re.compile(r"plutot|rather|somewhat")
#: The answers that people give in words of their own.
_IN_WORDS = (Answer.PARTLY, Answer.NEITHER)
#: An answer that was taken back, or is a mistake: « oui (annulé) », « non, erreur », as search keys.
_TAKEN_BACK = re.compile(
    r"(?:puis |depuis |mais |s est |a ete |est |c est |in fact |since )*"
    r"(?:retiree?|annulee?|retractee?|revenue? (?:sur|dessus)|withdrawn|withdrew|cancell?ed|retracted"
    r"|erreur|error|mistake|par erreur|by mistake)\b"
)
#: Words of the other answer behind a yes, and behind a no: « oui, mais non », « non, puis oui ».
_OTHERWISE = (
    re.compile(r"\b(?:non|no)\b\s*(?:[,.;:!)]|$)", re.IGNORECASE),
    re.compile(r"\b(?:oui|yes)\b", re.IGNORECASE),
)
#: What refers to a note: a letter or a number in brackets, a star, a raised number.
_TO_NOTE = re.compile(
    r".*\S\s*(?:\((?:[a-z]|\d{1,2})\)|\[(?:[a-z]|note \d{1,2})\]|[*†‡]+)"
    r"|.*(?:\s|oui|non|yes|no)[¹²³⁴-⁹]+",
    re.IGNORECASE,
)
#: « Oui[3] », as encyclopedias write where a source is listed.
_TO_SOURCE = re.compile(r"(?<=[^\s\[])(?:\[\d{1,3}\])+$")


def split_answer(cell: str) -> tuple[str, str] | None:
    """The answer of a cell that says more than that, and the cell as it stands; None of any other, and
    of one that may mean two answers: « non, déjà fait ».

    A yes with a condition is one in part: « oui, mais pas avant 2028 ». What is neither a yes nor a no
    says so in its words: « à l’étude »."""
    text = clean_cell(cell)
    if code := code_of("answer", text):
        _, bare = split_mood(text)
        return (code, bare) if says_more(bare, code) else None
    if not (begun := _BEGUN.match(text)):
        return None
    answer, rest = code_of("answer", begun["answer"]), word_key(begun["rest"])
    if _TAKEN_BACK.match(rest) or (_OTHERWISE[answer == "no"].search(begun["rest"])):
        return None
    if _IN_PRINCIPLE.fullmatch(rest) and answer in ("yes", "partly"):
        return "partly", text
    if condition := _CONDITION.match(rest):
        is_told = any(map(str.isalpha, rest[condition.end() :]))
        return ("partly", text) if is_told and answer in ("yes", "partly") else None
    if not begun["stop"] or not _A_WORD.search(rest) or refers_to_note(text):
        return None
    if answer == "no" and _DONE.search(rest):
        return None
    return (answer, text) if answer else None


def refers_to_note(cell: str) -> bool:
    """Whether a cell refers to a note below the table, which may say otherwise: « Oui* »."""
    return _TO_NOTE.fullmatch(cell) is not None


def without_source_marks(cell: str) -> str:
    """A cell without the numbers of sources that end it: « Oui[3] »."""
    return _TO_SOURCE.sub("", cell) if cell[-1:] == "]" else cell


def says_more(cell: str, answer: str) -> bool:
    """Whether a cell that is read as one answer says it in words of its own: « plutôt oui » is one in
    part. Those of a yes or a no are only that, but where they go on: « non, sauf devant les écoles »."""
    key, text = word_key(cell), clean_cell(cell)
    if answer and (begun := _BEGUN.match(text)) and not code_of("answer", text):
        return any(map(str.isalpha, begun["rest"]))
    is_word = len(key) > 2 and any(map(str.isalpha, key))
    if answer == Answer.NO and _RATHER.match(key):
        return True
    return answer in _IN_WORDS and is_word and key not in _BARE


def is_in_letters(cell: str) -> bool:
    """Whether a cell holds words, and no signs alone."""
    return any(map(str.isalpha, cell))
