"""Columns that a form adds to the answers: how to reach people, what it notes itself, and whether they
agree that their answers be published."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from monitor.areas import search_key
from monitor.findings import RowError
from monitor.intake.cells import abbreviate_cell
from monitor.intake.marks import is_silence, is_unticked
from monitor.intake.titles import column_of, is_remark
from monitor.intake.vocabulary import word_key

#: What heads how to reach somebody, which is published nowhere.
_CONTACT = (
    *("adresse e-mail", "adresse mail", "adresse électronique", "adresse de messagerie", "e-mail"),
    *("adresse courriel", "adresse email", "email", "mail", "courriel", "téléphone", "tél"),
    *("numéro de téléphone", "n° de téléphone", "portable", "téléphone portable", "mobile"),
    *("adresse postale", "email address", "phone", "phone number", "telephone", "e-mail address"),
)
#: The same in other words: « Courriel pro », « Tél. du candidat », « Contact presse ».
_REACHES = re.compile(
    r"(?:adresses? |n |no |numeros? (?:de )?|liens? )?"
    r"(?:e ?mails?|mails?|courriels?|tel(?:ephones?)?|portables?|mobiles?|gsm|contacts?|coordonnees"
    r"|whatsapp|e ?mail address|phones?(?: numbers?)?)"
    r"(?: (?:pro(?:fessionnel(?:le)?)?|perso(?:nnel(?:le)?)?|presse|e ?mail|mail|tel(?:ephone)?"
    r"|(?:du |de la |de l |des |of the )?(?:candidate?s?|listes?|equipe|signataires?|elue?s?)))*"
    r"(?: [0-9])?"
)
#: What forms note by themselves.
_NOTED = (
    *("id de la réponse", "response id", "dernière page", "last page", "langue de départ"),
    *("start language", "tête de série", "seed", "date de lancement", "date started"),
    *("date de la dernière action", "date last action", "adresse ip", "ip address", "ip"),
    *("url référente", "referrer url", "temps total", "total time", "numéro de série", "sid"),
    *("uid", "nom d’utilisateur", "username", "user id", "id utilisateur", "heure de début"),
    *("start time", "heure de la dernière modification", "last modified time"),
    *("brouillon", "draft", "nom d’affichage de l’utilisateur"),
    # What databases of the web note of their rows.
    *("created time", "created by", "last modified time", "last modified by", "last edited time"),
    *("last edited by", "created at", "updated at", "created", "record id", "row id"),
    *("créé le", "créé par", "modifié le", "modifié par", "dernière modification"),
    *("dernière modification par", "date de création", "date de modification"),
    # What a team notes of its own letters and calls.
    *("contacté le", "contactée le", "relancé le", "relancée le", "envoyé le", "date d’envoi"),
    *("date de contact", "date de relance", "dernier contact", "dernière relance", "contacted on"),
    *("last contact", "last contacted", "date contacted", "reminded on", "sent on", "date sent"),
)
#: What heads the work of whoever looks for what others did, as search keys: nobody answered there.
_CHECKED = re.compile(
    r"(?:(?:date|day|last|latest|derniere?|dernier) )?(?:time )?"
    r"(?:(?:checked|verified|assessed|scored|researched|reviewed|audited|evaluated|rated)(?: on| by)?"
    r"|assessor|researcher|scorer|reviewer|auditor|enquet(?:eur|euse|rice)|evaluateu(?:r|rice)"
    r"|(?:verifiee?|constatee?|relevee?|evaluee?|notee?|consultee?|controlee?)s? (?:le|par)"
    r"|date (?:de |du |d )(?:la )?(?:derniere )?(?:verification|constat|releve|evaluation|controle"
    r"|consultation)|verification|check(?: date)?|assessment date)"
)
#: What trackers of tasks note of each row of a follow-up, which has no column for it.
_OF_TRACKER = (
    *("échéance", "date d’échéance", "date limite", "due date", "due", "deadline", "priorité"),
    *("priority", "assigné à", "assignée à", "assigned to", "assignee", "responsable", "owner"),
    *(
        "responsable du suivi",
        "référent",
        "attribué à",
        "étiquettes",
        "étiquette",
        "tags",
        "labels",
    ),
)
#: What is wider than a commune, which says by itself where it lies.
_WIDER = (
    *("canton", "circonscription", "région", "intercommunalité", "epci", "métropole", "region"),
    *("communauté de communes", "arrondissement préfectoral", "constituency", "agglomération"),
)
#: What heads the day on which an answer was sent, which one that was only begun has not.
_SENT = ("date de soumission", "date submitted", "submitdate")
_OWN = r"(?:mes|ma|mon|vos|votre|ces|cette|my|your|these|this)"
_SAID = r"(?:reponses?|donnees|informations?|coordonnees|answers?|responses?|data|details|form)"
#: « J’accepte que mes réponses soient publiées », « Consentement », as search keys.
_CONSENT = re.compile(
    rf"(?:.*\b(?:accepte[zr]?|autorise[zr]?|autorisation|consen[st]\w*|accord|agree|allow)\b.*"
    rf"\b(?:{_OWN} {_SAID}|donnees personnelles|personal data|rgpd|gdpr)\b.*"
    r"|(?:consentement|consent|rgpd|gdpr|autorisation)(?: (?:rgpd|gdpr|de publication|publication))?"
    r"|(?:(?:ok|accord|peut on|on peut|can we|may we|to)(?: pour| to| de)?(?: la)? )?"
    r"(?:publier|publication|publish)|publiable|publishable)"
)
#: « Ne pas publier », « Confidentiel »: what is ticked there must not be published.
_WITHHELD = re.compile(
    r"(?:a )?(?:ne pas|pas|non|do not|don t|not to be) (?:publier|publish(?:ed)?|publiable|diffuser)"
    r"|confidentiel(?:le)?|confidential|not for publication"
)

#: « Non », « Je refuse », « Je n’accepte pas ».
_REFUSED = re.compile(r"\b(?:non?|pas|not|refuse\w*|declined?|disagree)\b")


def find_form_columns(
    titles: Sequence[str], meant: Sequence[str | None], others: Collection[int] = ()
) -> dict[int, str]:
    """Those of the columns that mean nothing which are the form's own: by its place, the code of the
    doubt of each. `others`: the places of some that are read."""
    free = (n for n, name in enumerate(meant) if name is None and titles[n] and n not in others)
    found = {n: _code_of(titles[n]) for n in free}
    return {n: code for n, code in found.items() if code}


def find_columns_aside(
    titles: Sequence[str],
    meant: Sequence[str | None],
    content: str,
    others: Collection[int],
    own_places: bool,
) -> dict[int, str]:
    """The same of those that are about the work of whoever keeps a follow-up, and of places that are
    wider than a commune beside it, unless the pact names its places itself (`own_places`)."""
    free = [n for n, name in enumerate(meant) if name is None and titles[n] and n not in others]
    found = {}
    if content == "actions" and "summary" in meant:
        found = {n: "remark_left_out" for n in free if is_remark(titles[n])}
    if content == "answers":
        lists = [n for n in free if column_of("signatories", titles[n]) == "list"]
        found = dict.fromkeys(lists, "list_with_answers")
    if own_places:
        return found
    if content == "actions":
        found |= {n: "column_of_tracker" for n in free if word_key(titles[n]) in _keys(_OF_TRACKER)}
    if any(column_of("signatories", one) == "commune" and one.strip() for one in titles):
        found |= {n: "column_wider" for n in free if word_key(titles[n]) in _keys(_WIDER)}
    return found


@cache
def _keys(words: Sequence[str]) -> frozenset[str]:
    return frozenset(map(word_key, words))


def is_consent(title: str) -> bool:
    """Whether a title asks whether the answers may be published, which is no request to a candidate."""
    return _CONSENT.fullmatch(search_key(title[:300])) is not None


def is_withheld(title: str) -> bool:
    """Whether a title says that what is ticked below it must not be published."""
    return _WITHHELD.fullmatch(search_key(title[:300])) is not None


def titles_of_consent(titles: Sequence[str], of_form: Mapping[int, str]) -> dict[int, str]:
    """The titles of what says whether a row may be published, by their places: whether its person
    agrees, and has sent it. `of_form`: as `find_form_columns` has it."""
    sent = [*map(word_key, _SENT)]
    return {
        n: title
        for n, title in enumerate(titles)
        if of_form.get(n) in ("column_of_consent", "column_withheld") or word_key(title) in sent
    }


def refuse_unpublished(
    line: int, cells: Sequence[str], consents: Mapping[int, str], number: int | None
) -> Iterator[RowError]:
    """Why a row may not be published: whoever answered did not agree. `consents`: the titles of the
    columns that say it, by their places."""
    for n, title in consents.items():
        cell = cells[n] if n < len(cells) else ""
        is_said = not (is_silence(cell) or is_unticked(cell) or _REFUSED.search(search_key(cell)))
        if is_said == is_withheld(title):
            values = (("title", title),)
            is_asked = is_consent(title) or is_withheld(title)
            code = "consent_lacking" if is_asked else "never_sent"
            yield RowError(line, "", abbreviate_cell(cell), code, values, number)


def _code_of(title: str) -> str | None:
    if word_key(title) in _keys((*_CONTACT, *_NOTED)) or _REACHES.fullmatch(search_key(title[:60])):
        return "column_of_form"
    if is_withheld(title):
        return "column_withheld"
    if _CHECKED.fullmatch(search_key(title[:60])):
        return "column_of_check"
    return "column_of_consent" if is_consent(title) else None
