"""Words of a follow-up in place of a status that is known: the status that they may mean, which is
proposed and never read, or that there is none yet."""

import re

from monitor.areas import search_key
from monitor.intake.vocabulary import word_key
from monitor.models import Status

#: In the order in which they are looked for, as search keys: « rien vu », « voté en conseil ».
_NEAR = {
    Status.NO_EVIDENCE: r"^(?:rien|ras|neant|nul)$|rien (?:vu|trouve\w*|repere\w*)|pas trouve\w*"
    r"|aucune? (?:info\w*|trace|preuve)|pas d infos?|introuvable|nothing seen|not found"
    r"|no (?:trace|information)",
    Status.DECIDED: r"vote\w*|deliber\w*|adopt\w+|approu\w+|approved|decid\w+",
    Status.ANNOUNCED: r"annonc\w+|announce\w*",
    Status.IN_PROGRESS: r"travaux|chantier|en cours|demarr\w+|lance\w*|work (?:has )?begun|ongoing",
    Status.IMPLEMENTED: r"faite?s?|realise\w*|inaugur\w+|livree?s?|mise? en service|done|opened|built",
}
_SAID = {status: re.compile(rf"\b(?:{words})\b") for status, words in _NEAR.items()}
#: What says another thing of the same word: « pas voté », « fait en partie ? ».
_DENIED = re.compile(
    r"\b(?:pas|non|ni|jamais|refus\w+|rejet\w+|report\w+|partie|partiel\w*|moitie|presque|bientot|sera"
    r"|not|never|rejected|postponed|partly|almost|soon|will)\b"
)
#: The ending of a word in any gender and number.
_ENDING = re.compile(r"e*s?$")
#: What says that nobody has assessed anything: it is no status.
_UNRATED = frozenset(
    _ENDING.sub("", word_key(word))
    for word in (
        *("not rated", "not yet rated", "unrated", "not assessed", "not yet assessed"),
        *("non évalué", "pas évalué", "pas encore évalué", "à évaluer", "non noté", "no rating"),
        *("en attente d’évaluation", "évaluation en cours", "to be assessed", "pending review"),
    )
)
#: What may stand before it: « ⚪ Not yet rated ».
_SIGNS = re.compile(r"^[^\w(]+")


def near_status(words: str) -> str | None:
    """The one status that some words may mean, None where they may mean none, or several."""
    key = search_key(words[:100])
    found = [status for status, pattern in _SAID.items() if pattern.search(key)]
    if found[:1] == [Status.NO_EVIDENCE]:
        return found[0].value
    return found[0].value if len(found) == 1 and not _DENIED.search(key) else None


def is_unrated(word: str) -> bool:
    """Whether a word in place of a status says that there is none yet."""
    return _ENDING.sub("", word_key(_SIGNS.sub("", word[:100]))) in _UNRATED
