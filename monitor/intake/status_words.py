"""Words of a follow-up in place of a status that is known: the status that they may mean, which is
proposed and never read, or that there is none yet."""

import re

from monitor.areas import search_key
from monitor.intake.vocabulary import code_of, word_key
from monitor.models import Status

#: What somebody else than whoever signed has done with it.
_REFUSED = (
    r"refus\w*|rejet\w*|rejected|turned down|voted down|repousse par|vote contre|desapprouve\w*"
)
#: As search keys: « rien vu », « voté en conseil ».
_NEAR = {
    Status.NO_EVIDENCE: r"^(?:rien|ras|neant|nul)$|rien (?:vu|trouve\w*|repere\w*)|pas trouve\w*"
    r"|aucune? (?:info\w*|trace|preuve)|pas d infos?|introuvable|nothing seen|not found"
    r"|no (?:trace|information)",
    Status.DECIDED: r"vote\w*|deliber\w*|adopt\w+|approu\w+|approved|decid\w+|budgete\w*",
    Status.ANNOUNCED: r"annonc\w+|announce\w*|promis\w*|promet\w*|pledged?",
    Status.IN_PROGRESS: r"travaux|chantier|en cours|demarr\w+|lance\w*|work (?:has )?begun|ongoing",
    Status.IMPLEMENTED: r"faite?s?|realise\w*|inaugur\w+|livree?s?|mise? en service|done|opened|built",
}
_SAID = {status: re.compile(rf"\b(?:{words})\b") for status, words in _NEAR.items()}
#: What says another thing of the same word: « pas voté », « fait en partie ? ».
_DENIED = re.compile(
    r"\b(?:pas|non|ni|jamais|refus\w+|rejet\w+|report\w+|partie|partiel\w*|moitie|presque|bientot|sera"
    r"|rien|aucune?|sans|nul(?:le)?|peu|faute|defait\w*|no|nothing|none|without|un(?:done|built)"
    r"|not|never|rejected|postponed|partly|almost|soon|will"
    # « Plus en cours »; and what somebody else has done, which whoever signed may have no part in.
    r"|plus|no longer|departement\w*|region\w*|etat|metropole|agglo\w*|interco\w*|prefecture"
    r"|county|government|metropolis)\b"
)
#: Words that may mean several statuses, in the order in which they are looked for.
_SEVERAL = tuple(
    (re.compile(rf"\b(?:{words})\b"), tuple(statuses))
    for words, statuses in (
        (_REFUSED, (Status.STALLED, Status.NOT_STARTED)),
        (
            r"rien (?:d[e ] ?|n a ete |n est )?(?:encore )?(?:fait\w*|entrepris|engage|lance|realise)"
            r"|(?:pas|non) (?:encore )?(?:faite?s?|(?:realise|entrepris|engage|lance|demarre)\w*)"
            r"|aucune? (?:action|suite|avancee|demarche|realisation|debut|projet)|sans suite"
            r"|toujours rien|rien encore"
            r"|(?:nothing|not) (?:yet )?(?:done|started|begun)|no (?:action|progress)",
            (Status.NOT_STARTED, Status.NO_EVIDENCE),
        ),
        (
            r"report\w+|repouss\w+|decale\w*|ajourn\w+|differe\w*|retarde?\w*|postponed|delayed|deferred",
            (Status.STALLED, Status.ANNOUNCED),
        ),
        (r"engage\w*|committed", (Status.IN_PROGRESS, Status.ANNOUNCED)),
        (
            r"etud\w+|reflexion|concert\w+|consult\w+|examin\w*|discut\w+|discussion|debat\w*"
            r"|studied|study|review\w*|discuss\w+|considered",
            (Status.ANNOUNCED, Status.IN_PROGRESS),
        ),
        (
            r"(?:en )?projet|prevue?s?|programme\w*|planifi\w+|a venir|bientot"
            r"|planned|scheduled|upcoming",
            (Status.ANNOUNCED, Status.DECIDED),
        ),
        (
            r"moitie|presque|partiel\w*|en partie|mitige\w*|almost|half|partly",
            (Status.PARTLY_IMPLEMENTED, Status.IN_PROGRESS),
        ),
    )
)
#: The ending of a word in any gender and number.
_ENDING = re.compile(r"e*s?$")
#: What says that the opposite was done: « fait le contraire », « recul ».
_OPPOSITE = re.compile(
    r"\b(?:contraire|inverse|recule?s?|reculade|regress\w+|retour en arriere|marche arriere|a rebours"
    r"|opposite|backwards?|step back|setback|regress\w*|went back|going back)\b"
)
#: What says that nobody has assessed anything: it is no status.
_UNRATED = frozenset(
    _ENDING.sub("", word_key(word))
    for word in (
        *("not rated", "not yet rated", "unrated", "not assessed", "not yet assessed"),
        *("non évalué", "pas évalué", "pas encore évalué", "à évaluer", "non noté", "no rating"),
        *("en attente d’évaluation", "évaluation en cours", "to be assessed", "pending review"),
    )
)
#: Letters of the words in place of a status, which are no sentence.
_LONGEST = 30
#: What may stand before it: « ⚪ Not yet rated ».
_SIGNS = re.compile(r"^[^\w(]+")


def near_statuses(words: str) -> tuple[str, ...]:
    """The statuses that some words may mean, those that stand closest first; none where nobody can
    tell."""
    key = search_key(words[:100])
    found = [status for status, pattern in _SAID.items() if pattern.search(key)]
    if found[:1] == [Status.NO_EVIDENCE]:
        return (found[0].value,)
    for pattern, several in _SEVERAL:
        if pattern.search(key):
            return tuple(status.value for status in several)
    return (found[0].value,) if len(found) == 1 and not _DENIED.search(key) else ()


def may_be_status(cell: str) -> bool:
    """Whether a cell holds a status, or a few words that may mean one."""
    is_short = len(cell.strip()) <= _LONGEST
    return is_short and (code_of("status", cell.strip()) is not None or bool(near_statuses(cell)))


def says_refused(words: str) -> bool:
    """Whether somebody refused something by some words: whoever signed has not abandoned it so."""
    return re.search(rf"\b(?:{_REFUSED})\b", search_key(words[:100])) is not None


def says_opposite(words: str) -> bool:
    """Whether some words say that the opposite of what was promised was done: that is no status."""
    return _OPPOSITE.search(search_key(words[:100])) is not None


def is_unrated(word: str) -> bool:
    """Whether a word in place of a status says that there is none yet."""
    return _ENDING.sub("", word_key(_SIGNS.sub("", word[:100]))) in _UNRATED
