"""The status that words of a follow-up may mean which are none of those that are known: proposed, and
never read."""

import re

from monitor.areas import search_key
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


def near_status(words: str) -> str | None:
    """The one status that some words may mean, None where they may mean none, or several."""
    key = search_key(words[:100])
    found = [status for status, pattern in _SAID.items() if pattern.search(key)]
    if found[:1] == [Status.NO_EVIDENCE]:
        return found[0].value
    return found[0].value if len(found) == 1 and not _DENIED.search(key) else None
