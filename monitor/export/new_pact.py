"""The keys of a pact to begin with, from a few answers."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from monitor.areas import search_key
from monitor.dates import FIRST_YEAR
from monitor.findings import RowError
from monitor.intake.pact import check_pact
from monitor.models import AreaCodes, SignatoryKind
from monitor.pacts import PLACE_WORDS


def _office(code: str, french: str, feminine: str, english: str, level: str) -> dict[str, object]:
    titles = {"title_fr": french, "title_fr_f": feminine, "title_en": english}
    return {"code": code, **titles, "level": level, "binding": True}


#: To whom a pact may be put -> the offices that it names itself; of a commune, it names none.
LEVELS = {
    "commune": [],
    "intercommunal": [
        _office(
            "president_intercommunal",
            "président d’intercommunalité",
            "présidente d’intercommunalité",
            "president of an inter-municipal body",
            "intercommunal",
        )
    ],
    "department": [
        _office(
            "president_department",
            "président de conseil départemental",
            "présidente de conseil départemental",
            "president of a departmental council",
            "department",
        )
    ],
    "region": [
        _office(
            "president_region",
            "président de région",
            "présidente de région",
            "president of a region",
            "region",
        )
    ],
    "parliament": [_office("mp", "député", "députée", "member of parliament", "national")],
    "country": [
        _office("president", "président", "présidente", "president", "national"),
        _office(
            "prime_minister", "Premier ministre", "Première ministre", "prime minister", "national"
        ),
    ],
    "regional_list": [
        _office(
            "runs_region",
            "liste à la tête de la région",
            "liste à la tête de la région",
            "list that runs the region",
            "region",
        )
    ],
    "european_list": [
        _office(
            "in_european_parliament",
            "liste représentée au Parlement européen",
            "liste représentée au Parlement européen",
            "list in the European Parliament",
            "european",
        )
    ],
    "party": [
        _office(
            "in_government",
            "parti au gouvernement",
            "parti au gouvernement",
            "party in government",
            "national",
        )
    ],
    "council": [],
}
#: What those are who sign it, where they are no persons.
LEVEL_KINDS = {
    "regional_list": SignatoryKind.LIST,
    "european_list": SignatoryKind.LIST,
    "party": SignatoryKind.PARTY,
    "council": SignatoryKind.BODY,
}
#: What the places of such a pact are called, as PLACE_WORDS have it.
LEVEL_PLACES = {
    "commune": ("commune", "communes", "commune", "communes"),
    "intercommunal": (
        "intercommunalité",
        "intercommunalités",
        "inter-municipal body",
        "inter-municipal bodies",
    ),
    "department": ("département", "départements", "department", "departments"),
    "region": ("région", "régions", "region", "regions"),
    "parliament": ("circonscription", "circonscriptions", "constituency", "constituencies"),
    "country": ("pays", "pays", "country", "countries"),
    "regional_list": ("région", "régions", "region", "regions"),
    "european_list": ("pays", "pays", "country", "countries"),
    "party": ("pays", "pays", "country", "countries"),
    "council": ("commune", "communes", "commune", "communes"),
}


def level_words(level: str) -> tuple[str, str, str, str]:
    """What those are called to whom a pact may be put, as PLACE_WORDS have it: by their places, unless
    lists, parties or councils sign it."""
    return _SIGNERS.get(level) or LEVEL_PLACES[level]


_SIGNERS = {
    "regional_list": ("liste régionale", "listes régionales", "regional list", "regional lists"),
    "european_list": ("liste européenne", "listes européennes", "European list", "European lists"),
    "party": ("parti", "partis", "party", "parties"),
    "council": ("conseil", "conseils", "council", "councils"),
}


#: What a pact must have beside its days.
_NEEDED = ("id", "title", "promoter", "election", "language")


def _stand_in(given: Mapping[str, object]) -> dict[str, object]:
    """The keys of a pact of which only these answers are given."""
    known = {name: value for name, value in given.items() if value is not None}
    start = known.get("term_start") or known.get("election_on") or date(FIRST_YEAR, 1, 1)
    days = {"term_start": start, "election_on": known.get("election_on") or start}
    kept = {name: known[name] for name in (*_NEEDED, "term_end", "licence") if known.get(name)}
    others = {"fictional": False, "measures": [], "offices": []}
    return {**dict.fromkeys(_NEEDED, "fr"), **others, **days, **kept}


def wrong_answers(given: Mapping[str, object]) -> list[RowError]:
    """What is wrong with these keys, where they are all that is given of a pact."""
    _, errors = check_pact(_stand_in(given))
    return [one for one in errors if one.column in given or one.code == "term_order"]


def begin_pact(
    given: Mapping[str, object], level: str
) -> tuple[dict[str, object], Sequence[Mapping[str, object]]]:
    """(the keys of the pact, the offices of its own), with what follows from the answers. `level`: to
    whom it is put, one of LEVELS."""
    title = search_key(str(given["title"]))
    keys = {
        **given,
        "id": given.get("id") or re.sub(r"[^a-z0-9]+", "-", title)[:60].strip("-") or "pact",
        "term_start": given.get("term_start") or given["election_on"],
    }
    offices = LEVELS[level]
    if offices:
        words = dict(zip(PLACE_WORDS, LEVEL_PLACES[level], strict=True))
        keys |= {"areas": AreaCodes.OWN.value, **words}
    elif level not in LEVEL_KINDS:  # a council is bound by its signature, whoever presides over it
        keys["binding_offices"] = ["mayor"]
    return {name: value for name, value in keys.items() if value is not None}, offices
