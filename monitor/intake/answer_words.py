"""Answers that go on in words, of whoever answered or of others: « oui, mais pas avant 2028 »."""

import re
from collections.abc import Iterable

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
#: Words of which another answer is known, then more after a comma or in brackets: « à discuter (coût) ».
_LED = re.compile(r"(?P<answer>[^,;:(\n]{3,40}?)\s*[,(]\s*(?P<rest>.+)", re.DOTALL)
#: What stands in a column that asks whether.
_BOXES = frozenset(
    map(word_key, ("oui", "non", "yes", "no", "o", "n", "x", "vrai", "faux", "1", "0"))
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
        *ABBREVIATIONS,
    )
)
#: More than a letter that refers to a note.
_A_WORD = re.compile(r"[^\W\d_]{2}")
#: How a condition begins, and what makes of a no one that has nothing left to do, as search keys.
_CONDITION = re.compile(
    r"(?:mais|sauf|si|s il|hors|excepte|sous reserves?|sous conditions?|a conditions?|a la condition"
    r"|en partie|partiellement|but|if|except|unless|provided|subject to|on condition|in part|partly"
    r"|a l exception|a l exclusion|hormis|pourvu qu?|des lors qu?|une fois qu?|quand|lorsqu?e?"
    r"|tant qu?e?|en fonction|toutefois|cependant|neanmoins|pas avant|not before|when|once"
    r"|as long as|where|depending|however|though|although|excluding|with the exception)\b"
)
#: What makes of a yes one to a part, or with reservations, as it stands.
_PARTLY = re.compile(
    r"(?:avec |with )(?:des |une |quelques |certaines |de |d |some |a few |a )*"
    r"(?:\w+ )?(?:reserves?|nuances?|bemols?|limites?|conditions?|reservations?|caveats?)\b.*"
    r"|(?:pour |a |sur )?(?:une |la |for |in |a )*(?:moitie|partie|part|half)\b.*"
    r"|(?:uniquement|seulement|only)\b.+|(?:au cas par cas|case by case)\b.*"
    r"|(?:dans la mesure du|autant que|as far as|as much as|wherever|where) possible\b.*"
    r"|selon (?:les? |nos |la |l )?(?:moyens?|budgets?|possibilites?|finances?|besoins?)\b.*"
    r"|pas (?:entierement|completement|totalement|tous|toutes|tout|partout|maintenant)\b.*"
    r"|not (?:entirely|fully|quite|all|everywhere|now)\b.*"
    r"|pas (?:sur|dans|devant|a|au|aux|pour) .+|not (?:on|in|near|at) .+"
)
#: So much of the whole: « oui, 3 sur 5 », « oui, à 80 % ».
_SHARE = re.compile(
    r"(?:a |pour |sur |for |jusqu a |up to |environ |about |au moins |at least )*"
    r"(?:(?P<part>\w+)(?: \w+)? (?:sur|out of|of|/) (?P<whole>\w+)|(?P<percent>[0-9]{1,3}) ?%)(?: .*)?"
)
#: What leaves an answer open, or says that whoever keeps the table gave it, as search keys.
_OPEN = re.compile(
    r"(?:sans doute|probable\w*|apparemment|supposee?|estimee?|normalement|theoriquement|en theorie"
    r"|sous toute reserve|a (?:confirmer|verifier|preciser|valider|etudier|voir|negocier|discuter)"
    r"|pas (?:encore )?(?:sure?(?! (?:les?|la|l|ces|cette|nos|notre|tou\w+|chaque|une?|certain\w+)\b)"
    r"|certaine?|confirmee?|tranche)|d apres|si j ai bien|semble|il semble"
    r"|(?:selon|according to|by|par) (?:\w+ )?(?:presse|press|parti|party|programme|media|journal|site)"
    r"|probably|presumably|apparently|assumed|estimated|likely|in theory|tbc"
    r"|to be (?:confirmed|checked|decided|discussed|negotiated|seen)|not (?:sure|certain)"
    r"|sans (?:aucun )?engagement|without (?:any )?commitment|pas d engagement|no commitment"
    r"|pas (?:contre|oppos\w+|defavorables?|favorables?)|not (?:against|opposed|for))\b"
)
#: What makes of a share a floor, or more than what was asked: « oui, 75 % même ».
_MORE = re.compile(r"\b(?:meme|voire|even|minimum|plus|more|au moins|at least|depasse\w*)\b")
_COUNTED = {
    word: count
    for words, count in (
        ("un une one", 1),
        ("deux two", 2),
        ("trois three", 3),
        ("quatre four", 4),
        ("cinq five", 5),
        ("six", 6),
        ("dix ten", 10),
    )
    for word in words.split()
}
#: Where what follows an answer is parted, and who says it.
_CLAUSES = re.compile(r"[,;:.!()\n–—]|\s-\s")
_I_AM = re.compile(r"\s*(?:je suis|nous sommes|on est|i am|i’m|i'm|we are)\s+", re.IGNORECASE)
_DONE = re.compile(r"\b(?:deja|already)\b")
#: Words of another answer, or of one that is open, anywhere behind an answer.
_AN_ANSWER = re.compile(
    r"\b(?:oui|non|yes|no|peut etre|maybe|d accord|accord|favorable|pour|contre)\b"
)
#: What somebody else has done already of another thing: « non (rocade sud déjà votée) ».
_DECIDED = re.compile(
    r"(?!(?:c|ce|cela|ca|on|nous|je|il|elle|ils|elles|it|we|they)\b)[a-z]\w*(?: [a-z]\w*){0,4}"
    r" (?:deja|already) (?:(?:vot|decid|sign|rejet|refus)ee?s?|voted|decided|signed|rejected)"
)
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
_TAKEN_BACK_BEHIND = re.compile(
    r"\b(?:retiree?|annulee?|withdrawn|cancell?ed|erreur|error|mistake)\b"
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
        return _split_led(text)
    answer, rest = code_of("answer", begun["answer"]), word_key(begun["rest"])
    if _TAKEN_BACK.match(rest) or (_OTHERWISE[answer == "no"].search(begun["rest"])):
        return None
    if (
        _OPEN.match(rest)
        or "sûr" in begun["rest"].casefold()
        or _says_another(begun["rest"], answer)
    ):
        return None
    if answer in ("yes", "partly") and _is_partial(rest):
        return "partly", text
    if condition := _CONDITION.match(rest):
        is_told = any(map(str.isalnum, rest[condition.end() :]))
        return ("partly", text) if is_told and answer in ("yes", "partly") else None
    if not begun["stop"] or not _A_WORD.search(rest) or refers_to_note(text):
        return None
    if answer == "no" and _DONE.search(rest) and not _DECIDED.fullmatch(rest.rstrip()):
        return None
    return (answer, text) if answer else None


def _split_led(text: str) -> tuple[str, str] | None:
    """The same of one that begins with words for neither a yes nor a no, and says no other answer."""
    if not (led := _LED.fullmatch(text)) or refers_to_note(text):
        return None
    rest = word_key(led["rest"])
    if word_key(led["answer"]) in ABBREVIATIONS:  # which nobody says
        return None
    if code_of("answer", led["answer"]) != Answer.NEITHER or _TAKEN_BACK.match(rest):
        return None
    says_one = _AN_ANSWER.search(rest) or _TAKEN_BACK_BEHIND.search(rest)
    return None if says_one or not _A_WORD.search(rest) else (Answer.NEITHER.value, text)


def _says_another(rest: str, answer: str | None) -> bool:
    """Whether a part of what follows an answer is another one by itself: « oui, peut-être »."""
    parts = (_I_AM.sub("", part).strip() for part in _CLAUSES.split(rest))
    meant = {code_of("answer", part) for part in parts if part}
    return bool(meant - {None, answer, Answer.PARTLY.value})


def _is_partial(rest: str) -> bool:
    """Whether a yes is one in part by what follows it, which says how far it goes."""
    if _IN_PRINCIPLE.fullmatch(rest) or _PARTLY.fullmatch(rest):
        return True
    share = _SHARE.fullmatch(rest)
    if share is None:
        return False
    if share["percent"]:
        return int(share["percent"]) < 100 and not _MORE.search(rest)
    part, whole = map(_count_of, (share["part"], share["whole"]))
    return 0 < part < whole


def _count_of(word: str) -> int:
    return int(word) if word.isdecimal() else _COUNTED.get(word, 0)


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


def hold_boxes(cells: Iterable[str]) -> bool:
    """Whether what stands in a column only answers yes or no to its title."""
    keys = {*map(word_key, map(clean_cell, cells))} - {""}
    return bool(keys) and keys <= _BOXES
