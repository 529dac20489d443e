"""The words of people for the codes of the files: the interface's own, in every language, and others
that mean the same, in any gender, number, case and spelling."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from monitor.i18n import LANGUAGES, partial_day, text
from monitor.intake.moods import MOODY, contradicts, split_mood
from monitor.intake.word_keys import word_key
from monitor.models import SIGNS, Status
from monitor.schema import FIELDS, Type, names_of

#: The columns that hold codes; their words are the messages `<column>.<code>`.
CODED: dict[str, tuple[str, ...]] = {}
for field in FIELDS:
    if field.codes:
        CODED[field.name] = (*CODED.get(field.name, ()), *field.codes)
#: The columns that hold days.
_DATED = names_of(Type.DATE, Type.DAY)
_TURNS = ("1er", "premier", "2e", "2ème", "2nd", "second", "deuxième")
_RANKS = ("1er", "1re", "1ère", *(f"{n}{e}" for n in range(2, 31) for e in ("e", "ème")))
#: What the catalogues do not have. A word of two meanings (« conseiller ») stands nowhere.
SYNONYMS = {
    "status": {
        "implemented": (
            "mise en œuvre",
            "mises en œuvre",
            "mis en place",
            "mise en place",
            *("réalisé", "fait", "tenu", "respecté", "accompli", "achevé", "terminé"),
            *("done", "kept", "completed", "fulfilled", "delivered", "achieved", "honoré"),
        ),
        "partly_implemented": (
            "partiellement mise en œuvre",
            "partiellement réalisé",
            "partiellement réalisée",
            "partiellement mises en œuvre",
            *("en partie", "partiel", "partiellement", "partiellement fait", "fait en partie"),
            *("fait partiellement", "partiellement tenu", "partly", "partial", "partly done"),
            *("partially kept", "partly delivered", "partially delivered", "partly achieved"),
            *("partially implemented", "tenu en partie", "tenue en partie", "partly kept"),
            "en partie mis en œuvre",
            "en partie mise en œuvre",
        ),
        "in_progress": (
            *("en cours de réalisation", "en cours de mise en œuvre", "ongoing"),
            *("commencé", "entamé", "démarré", "started", "begun", "in the works", "under way"),
            *("on track", "amorcé"),
        ),
        "decided": ("voté", "budget voté", "délibération votée", "délibération adoptée"),
        "stalled": (
            *("bloqué", "au point mort", "en panne", "à l’arrêt", "en suspens", "gelé"),
            *("suspended", "blocked", "on hold"),
        ),
        "abandoned": ("rompu", "brisé", "renoncé", "broken", "dropped"),
        "no_evidence": ("aucune preuve trouvée", "nothing found"),
        "not_started": (
            *("pas commencé", "pas encore commencé", "non démarré", "pas démarré"),
            *("non entamé", "pas entamé", "not yet started", "not begun"),
        ),
    },
    "kind": {
        "reply": ("réponse", "réponse de l’élue", "droit de réponse"),
        "list": ("binôme", "ticket"),
        "body": (
            *("conseil", "collectivité", "institution", "organisme", "council", "municipality"),
            *("conseil municipal", "conseil départemental", "conseil régional", "mairie", "ville"),
            *("commune", "département", "région", "métropole", "intercommunalité", "epci"),
            *("communauté de communes", "communauté d’agglomération", "communauté urbaine"),
            *("université", "entreprise", "société", "association", "école", "fondation"),
            *("établissement", "établissement public", "syndicat", "organisation", "ong"),
            *("university", "company", "school", "foundation", "organization", "ngo", "union"),
        ),
    },
    "source_kind": {
        "council_act": ("délibération", "délibération du conseil municipal", "council decision"),
        "press": ("article de presse", "press article"),
        "city_statement": ("communication municipale",),
        "field_visit": ("visite",),
        "other": ("autre",),
    },
    "outcome": {
        "elected": (
            *("réélu", "re-elected", "oui", "yes", "élu tacitement", "élue tacitement"),
            *("elected unopposed", "returned unopposed", "re-elected unopposed"),
            *(f"{one} {turn} tour" for one in ("élu au", "élue au", "élus au") for turn in _TURNS),
        ),
        "defeated": (
            *("non élu", "pas élu", "not elected", "non", "no"),
            *(
                f"{one} {turn} tour"
                for one in ("battu au", "battue au", "éliminé au", "éliminée au")
                for turn in _TURNS
            ),
            "éliminé",
        ),
        "unknown": ("inconnu", "à confirmer", "to be confirmed", "tbc", "outcome unknown"),
    },
    "office": {
        "deputy_mayor": (
            "adjoint",
            "adjointe au maire",
            "maire adjoint",
            "maire adjointe",
            "premier adjoint",
            "première adjointe",
            "premier adjoint au maire",
            "première adjointe au maire",
            *(f"{n} {word}" for n in _RANKS for word in ("adjoint", "adjoint au maire")),
            *(f"{n} {word}" for n in _RANKS for word in ("adjointe", "adjointe au maire")),
        ),
        "majority_councillor": (
            "conseillère de la majorité",
            "conseiller municipal de la majorité",
            "conseillère municipale de la majorité",
            "conseiller majoritaire",
            "conseillère majoritaire",
        ),
        "opposition_councillor": (
            "conseillère d’opposition",
            "conseiller municipal d’opposition",
            "conseillère municipale d’opposition",
            "conseiller de l’opposition",
            "conseillère de l’opposition",
            "conseiller municipal de l’opposition",
            "conseillère municipale de l’opposition",
        ),
    },
    "answer": {
        "yes": (
            "o",
            "y",
            "favorable",
            "d’accord",
            "accepté",
            "engagé",
            "s’engage",
            "je m’engage",
            *("oui je m’engage", "nous nous engageons", "pour", "tout à fait d’accord", "for"),
            *("totalement d’accord", "strongly agree", "très favorable", "strongly support"),
            *("agreed", "agree", "pledged", "committed", "support", "in favour"),
            *("vrai", "true", "ok", "checked", "coché"),
        ),
        "partly": (
            "partiellement",
            "partiel",
            "partielle",
            "oui en partie",
            "oui partiellement",
            "sous conditions",
            "oui sous conditions",
            *("plutôt oui", "plutôt d’accord", "rather yes", "mostly yes", "somewhat agree"),
            *("plutôt pour", "plutôt favorable", "assez favorable", "somewhat support"),
            "partially",
            "partial",
            "in part",
            "part",
        ),
        "no": (
            "n",
            "défavorable",
            "pas d’accord",
            *("pas du tout d’accord", "absolument pas d’accord", "not at all", "strongly disagree"),
            *("plutôt non", "plutôt pas d’accord", "rather no", "somewhat disagree"),
            *("plutôt contre", "plutôt défavorable", "somewhat oppose", "strongly oppose"),
            *("en désaccord", "fortement en désaccord", "opposé"),
            "refus",
            "refusé",
            *("ne s’engage pas", "je ne m’engage pas", "non je ne m’engage pas"),
            "nous ne nous engageons pas",
            "contre",
            *("disagreed", "disagree", "oppose", "opposed", "against", "ko"),
        ),
        "neither": (
            *(
                "ne se prononce pas",
                "ne me prononce pas",
                "nous ne nous prononçons pas",
                "nsp",
                "nspp",
            ),
            *("ne sait pas", "je ne sais pas", "ne sais pas", "ne peut se prononcer"),
            *("sans opinion", "pas d’opinion", "sans avis", "pas d’avis", "sans position"),
            *("pas de position", "neutre", "abstention", "s’abstient", "réponse réservée"),
            *(
                "à l’étude",
                "à étudier",
                "en cours d’étude",
                "en réflexion",
                "en cours de réflexion",
            ),
            *("à l’examen", "à débattre", "à discuter", "à concerter", "peut-être"),
            *("indécis", "à voir", "réservé", "plutôt réservé", "pas encore décidé", "mitigé"),
            *("reserved", "not decided", "not yet decided", "to be decided"),
            *("ni d’accord ni pas d’accord", "neither agree nor disagree", "ni pour ni contre"),
            *("undecided", "don’t know", "do not know", "no opinion", "no position", "neutral"),
            *("abstain", "abstained", "maybe", "perhaps", "under consideration", "under review"),
            *("to be discussed", "being studied", "not sure", "unsure"),
        ),
    },
    "end_reason": {
        "term_end": ("fin de mandat", "term end"),
        "resignation": ("démissionnaire", "démissionné", "resigned"),
        "death": ("mort", "décédé", "died"),
        "merger": ("fusion",),
        "other": (
            *("autre", "remaniement", "reshuffle", "dismissed", "sacked", "limogé", "révoqué"),
            *("dissolution", "nommé au gouvernement", "nommée au gouvernement", "nommé ministre"),
            *("élection annulée", "annulation de l’élection", "invalidation", "invalidé"),
            *("cumul des mandats", "election annulled", "appointed minister"),
        ),
    },
}
#: What a word may hold beside letters. « élu ? », « ≠ élu » and « ❌ élu » do not say « élu ».
_WORD = re.compile(r"[«\"“(]?\s*\w[\w\s«»\"“”()'’ʼ.,;:·•/…‐‑–-]*")
#: « Promesse tenue », « engagement non commencé », as search keys.
_OF_PROMISE = re.compile(
    r"(?:promesse|engagement|mesure|demande|proposition|promise|pledge|commitment|measure)s? (.+)"
)
_PART = r"(?:partiellement|en partie|partially|partly|in part)"
_IN_PART = re.compile(rf"{_PART} (?P<after>.+)|(?P<before>.+) {_PART}")
#: What makes an answer louder, and no other one: « oui ! ».
_LOUD = re.compile(r"\s*!+$")
#: Marks that nobody sees.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060]")


def code_of(column: str, word: str, own: Mapping[str, str] | None = None) -> str | None:
    """The code of a column that a word means, None if it means none there. `own`: `index_words` of codes
    beside those that every pact has. Before a status may stand its own sign, as on the pages; that of
    another contradicts the word, as a red light does before a « oui »."""
    if len(word) > 100:
        return None
    bare = _UNSEEN.sub("", word).strip()
    bare = _LOUD.sub("", bare) if column == "answer" else bare
    sign = bare[:1] if column == "status" and bare[:1] in SIGNS.values() else ""
    bare = bare[len(sign) :].strip()
    mood, bare = split_mood(bare) if column in MOODY and not sign else ("", bare)
    code = None
    if _WORD.fullmatch(bare):
        key = word_key(bare)
        code = _codes(column).get(key) or (own or {}).get(key)
        if code is None and column == "status":
            code = _status_of_phrase(key)
    if code and contradicts(mood, code):
        return None
    return code if code is None or not sign or SIGNS[Status(code)] == sign else None


def _status_of_phrase(key: str) -> str | None:
    """The status that some words mean of which each part is known: « Promesse tenue », « réalisée en
    partie »."""
    if match := _OF_PROMISE.fullmatch(key):
        return _codes("status").get(match[1]) or _status_of_phrase(match[1])
    if match := _IN_PART.fullmatch(key):
        whole = _codes("status").get(match["after"] or match["before"])
        return Status.PARTLY_IMPLEMENTED.value if whole == Status.IMPLEMENTED else None
    return None


def words_of(column: str, codes: Iterable[str], lang: str, *, with_codes: bool = True) -> str:
    """Codes as one says them, each with the code itself unless `with_codes` is false."""
    words = {code: text(f"{column}.{code}", lang) for code in codes}
    if not with_codes:
        return ", ".join(words.values())
    return ", ".join(code if word == code else f"{word} ({code})" for code, word in words.items())


def cell_in_words(column: str, value: str | None, lang: str) -> str:
    """A cell of the log as one says it: the word of a code, a day; any other text as it is, "" for
    none."""
    if value in CODED.get(column, ()):
        return text(f"{column}.{value}", lang)
    return partial_day(value, lang) if value and column in _DATED else value or ""


@cache
def _codes(column: str) -> dict[str, str]:
    synonyms = SYNONYMS.get(column.removeprefix("former_"), {})
    words = {
        str(code): (
            *(text(f"{column}.{code}", lang) for lang in LANGUAGES),
            *synonyms.get(code, ()),
        )
        for code in CODED[column]
    }
    # « None » is what programs write where there is nothing, and no form of « non ».
    return {key: code for key, code in index_words(words).items() if key != "none"}


def index_words(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """What is looked up by `code_of`, of each code and its words, in any gender, number, case and
    spelling -> the code."""
    found: dict[str, str] = {}
    for code, every in words.items():
        for word in (code, *every):
            key = word_key(word)
            # A letter alone has no other form: « n » is « non », and « NS » is not.
            endings = ("", "e", "s", "es") if len(key) > 1 else ("",)
            for ending in endings:
                found.setdefault(key + ending, code)
    return found
