"""Notes of whoever keeps a table on where and when an answer was given: « oui (mail du 3 mars) », « oui
(le 12/03, confirmé le 15/03) ». They are no words of the person who answered."""

import re
from functools import cache

from monitor.i18n import LOCALES
from monitor.intake.cells import clean_cell

_ANSWER = r"(?:plutôt |rather )?(?:oui|non|yes|no)|en partie|partiellement|partly|partially"
#: « Répondu par », « said at ».
_HOW = (
    r"répon(?:se|du)e?|reçue?|dite?|donnée?|confirmée?|annoncée?|déclarée?|exprimée?|précisée?|prise?"
    r"|vue?|lue?|relevée?|entendue?|obtenue?|said|told|stated|answered|answer|confirmed|received"
    r"|given|seen|heard"
)
_AT = (
    r"par|via|au|aux|à la|à l['’]|en|lors du|lors de la|lors d['’]une?|pendant|dans|sur|by|in|at|on"
    r"|during|from|over"
)
_THE = r"le|la|les|l['’]|une?|son|sa|notre|nos|the|an?|his|her|their|our"
#: By what means people answer, and where they are heard.
_CHANNEL = (
    r"e-?mails?|mails?|mèl|courriels?|courriers?|lettres?|tél(?:éphone)?\.?|tel\.?|appels?|coup de fil"
    r"|sms|textos?|messages?|facebook|fb|twitter|tweets?|linkedin|instagram|whatsapp"
    r"|site(?: web| internet| de campagne)?|réunions?(?: publiques?)?|débats?(?: publics?)?|rencontres?"
    r"|entretiens?|visio(?:conférence)?|conseil municipal|formulaire|questionnaire|oral|oralement"
    r"|verbalement|de vive voix|(?:public )?meetings?|(?:public )?debates?|phone(?: call)?|calls?"
    r"|letters?|post|forms?|orally|interviews?|website|in person"
)
_MONTHS = "|".join(
    sorted(
        re.escape(name.rstrip("."))
        for one in LOCALES.values()
        for width in ("wide", "abbreviated")
        for name in one.months["format"][width].values()
    )
)
_DAY = rf"[0-9]{{1,2}}(?:er|st|nd|rd|th)?(?:[ /.-](?:[0-9]{{1,2}}|{_MONTHS})\.?)(?:[ /.-][0-9]{{2,4}})?"
_WHEN = (
    rf"(?:,?\s*(?:le|du|de|of|on|dated)?\s*{_DAY}(?:\s*,?\s*[0-9]{{1,2}}\s?[h:]\s?[0-9]{{0,2}})?)"
)
_NOTE = (
    rf"(?P<answer>{_ANSWER})\s*[,;:–—(\[-]*\s*"
    rf"(?:(?:{_HOW})\s+)?(?:(?:{_AT})\s*)?(?:(?:{_THE})\s*)?(?:{_CHANNEL}){_WHEN}?\s*[)\].]*"
)
#: What says of a day that it is the one of an answer, and not of what is promised: « le 1er janvier ».
_SAID_THEN = (
    r"répon(?:se|du)e?s?|reçue?|(?:re)?dite?|(?:re)?confirmée?|(?:ré)?affirmée?|réitérée?|répétée?"
    r"|rappelée?|maintenue?|renouvelée?|relancée?|answered|answer|received|said|confirmed|repeated"
    r"|reaffirmed|renewed"
)
_ON_A_DAY = rf"(?:(?:{_SAID_THEN})\s+)?(?:(?:le|du|de|of|on|dated)\s+)?{_DAY}"
_DAYS = (
    rf"(?P<answer>{_ANSWER})\s*[,;:–—(\[-]*\s*(?=[^)\]]*\b(?:{_SAID_THEN})\s)"
    rf"{_ON_A_DAY}(?:\s*(?:[,;/]|(?:[,;]\s*)?\b(?:puis|et|then|and)\b)\s*{_ON_A_DAY})*\s*[)\].]*"
)


def without_said_where(cell: str) -> str:
    """The answer alone of a cell that goes on to say by what means it was given, and when, or on which
    days; any other cell as it stands. What else it says may be the person's own words, a condition or
    a promised day: it stays."""
    text = clean_cell(cell)
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _compiled())), None)
    return found["answer"] if found else cell


@cache  # not at the start of every command: most read no answer
def _compiled() -> tuple[re.Pattern[str], ...]:
    return re.compile(_NOTE, re.IGNORECASE), re.compile(_DAYS, re.IGNORECASE)
