"""The words of people for the columns of the files: the interface's own, in every language, and others
that are as common."""

import re
from functools import cache

from monitor.areas import search_key
from monitor.i18n import LANGUAGES, Choice, text
from monitor.intake import pact_measures, pact_offices
from monitor.intake.pact import OPTIONAL, REQUIRED
from monitor.intake.vocabulary import word_key
from monitor.schema import COLUMNS

#: The keys of a pact that hold tables, which no cell can: what a row must and may have, by its type.
TABLES_OF_PACT = {
    "measures": (pact_measures.REQUIRED, pact_measures.OPTIONAL),
    "offices": (pact_offices.REQUIRED, pact_offices.OPTIONAL),
}
#: The columns of every part of a pact.
TITLED = {
    **COLUMNS,
    **{name: (*needed, *more) for name, (needed, more) in TABLES_OF_PACT.items()},
    "pact": tuple(name for name in (*REQUIRED, *OPTIONAL) if name not in TABLES_OF_PACT),
}
#: Where a column is called otherwise than in other files: what identifies the row itself.
_CALLED = {
    "signatories.signatory_id": "column_title.id",
    "actions.action_id": "column_title.id",
}

#: What the form of an entry asks for a column.
_LABELS = {
    "actions.happened_on": ("write.when",),
    "actions.summary": ("write.summary_assessment", "write.summary_note", "write.searched"),
    "actions.reason": ("write.reason_correct", "write.reason_withdraw"),
    **{
        f"{content}.{column}": (f"write.{column}",)
        for content in ("actions", "sources")
        for column in (
            *("source_kind", "source_publisher", "source_title", "source_url"),
            *("archive_url", "quote"),
        )
    },
}

#: What heads where a source is, or what it is called: `settle_columns` tells which.
SOURCE = ("source", "sources", "preuve", "justificatif", "evidence", "proof")
#: What people call a measure, and the ending of what is said of it; « demandes signées ».
_ASKED = {
    **dict.fromkeys(("mesure", "demande", "proposition", "promesse", "revendication"), "e"),
    "engagement": "",
}
_ASKED_IN_ENGLISH = ("measure", "request", "proposal", "commitment", "pledge", "promise")
_TITLED_AS = tuple(f"intitulé de la {noun}" for noun in _ASKED if noun != "engagement")
_SIGNED = ("signé", "accepté", "retenu", "soutenu", "approuvé", "choisi")
_SIGNED_IN_ENGLISH = ("signed", "accepted", "supported", "chosen")
#: What heads measures, or the wordings of them: `settle_columns` tells which.
ONE_OR_MORE = tuple(
    f"{noun}{ending}" for noun in (*_ASKED, *_ASKED_IN_ENGLISH) for ending in ("", "s")
)

#: What heads the names of signatories that are no persons -> their kind. Beside another column of the
#: names it is what it is in SYNONYMS, if it is anything: `settle_columns` tells which.
KIND_OF_TITLE = {
    **dict.fromkeys(
        (
            *("parti", "parti politique", "nom du parti", "party", "political party"),
            *("formation", "formation politique", "mouvement", "mouvement politique"),
        ),
        "party",
    ),
    **dict.fromkeys(("liste", "nom de la liste", "list", "name of the list"), "list"),
    **dict.fromkeys(
        (
            *("conseil", "instance", "institution", "organisme", "organisation", "collectivité"),
            *("council", "body", "organization"),
        ),
        "body",
    ),
}
#: What heads the place of somebody where no other column does; beside a commune, what tells it from its
#: namesakes.
DEPARTMENT = (
    *("département", "dép", "dépt", "code département", "n° département", "department"),
    *("code postal", "cp", "postcode", "postal code"),
)
WIDER_PLACES = (
    *("région", "canton", "circonscription", "intercommunalité", "epci"),
    *("region", "constituency", "ward", *DEPARTMENT[:1], "department"),
)
#: What heads first names beside surnames, and the number of a measure beside its words.
FIRST_NAME = ("prénom", "prénoms", "first name", "first names", "given name")
NUMBER = ("n°", "numéro", "no", "number", "#")
#: What heads whether somebody was elected, beside a column of the names.
HELD_OFFICE = ("élu", "élus", "elected")
#: What a title may say beside it of how its cells are written: « Commune (code postal) ». Of other notes
#: nobody knows what they change: « Commentaire (interne) ».
_HOW_WRITTEN = re.compile(
    r"\s*[(\[](?:code|n°|numéro|insee|département|dépt?|[jda]{1,4}[/.-]m{1,2}|jour|si |facultati|optionn"
    r"|obligatoire|requis|url|lien|https?|en toutes lettres|pr[ée]nom|nom\b|optional|required|if |number"
    r"|day|month)"
    r"[^()\[\]]*[)\]]\s*",
    re.IGNORECASE,
)

#: « La source », « ses mots », « quelle mesure », as search keys.
_ARTICLE = re.compile(
    r"^(?:les?|la|l|une?|son|sa|ses|quel(?:le)?s?|the|an?|its|their|which) (?=\w)"
)
#: « Nom du candidat », « réponse de l’élue » as search keys; « Commentaires ».
_OF_SIGNATORY = re.compile(
    r"(?<=\w) (?:(?:du|de la|de l|des) (?:candidat|signataire|elu|maire|tete de liste)(?:e?s?)"
    r"|of the (?:candidate|signatory|official|mayor)s?)$"
)
#: « Nom et ville », « Élu (commune) », « Ville / Candidat ».
_BOTH = re.compile(
    r"(?P<one>[^()/,&–]+?)\s*(?:\s(?:et|and)\s|[/,&–(]|\s-\s)\s*(?P<other>[^()/,&–]+?)\s*\)?",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?<=\w{3})s\b")
#: What the catalogues do not have. By column; what a word means in one sort of file only stands under
#: `<file>.<column>`. A word of two meanings (« nature ») stands nowhere.
SYNONYMS = {
    "signatory_id": ("id signataire", "identifiant du signataire", "id du signataire"),
    **dict.fromkeys(
        [f"{content}.signatory_id" for content in ("actions", "answers", "details", "mandates")],
        ("qui", "who"),
    ),
    "signatories.signatory_id": ("id", "sigle", "acronyme", "abréviation", "acronym"),
    "signatories.name": (
        "signataire",
        "nom et prénom",
        "prénom et nom",
        "nom prénom",
        "prénom nom",
        "nom complet",
        "nom de famille",
        "surname",
        "last name",
        "nom du signataire",
        "élu",
        "candidat",
        "tête de liste",
        "maire",
        "signatory",
        "full name",
        "candidate",
        "elected official",
        "official",
        *("député", "parlementaire", "sénateur", "président", "mp", "member of parliament"),
    ),
    "commune": (
        "ville",
        "lieu",
        "territoire",
        "code commune",
        "code insee",
        "insee",
        "code insee de la commune",
        "nom de la commune",
        "city",
        "town",
        "municipality",
        "place",
        "area",
    ),
    "signatories.signed_on": (
        "date",
        "signé le",
        "a signé le",
        "date signature",
        "signature",
        "signed",
        *("date d’adhésion", "adhésion", "date d’engagement", "signataire depuis", "joined on"),
        *("jour de la signature", "day of the signature"),
        *("pledged on", "pledge date", "date signed", "date of signature"),
    ),
    "list": (
        *("nom de la liste", "étiquette", "parti", "parti politique", "party", "political party"),
        *("formation", "formation politique", "mouvement", "mouvement politique"),
        *("groupe", "groupe politique", "groupe parlementaire", "parliamentary group"),
    ),
    "outcome": ("résultat", "issue", "élu ou battu", "result"),
    "due_on": ("échéance", "date limite", "à faire avant le", "due date", "deadline", "due"),
    "measures": (
        *(f"{noun}s" for noun in (*_ASKED, *_ASKED_IN_ENGLISH)),
        *(f"{noun}s {verb}{e}s" for noun, e in _ASKED.items() for verb in _SIGNED),
        *(f"{verb} {noun}s" for noun in _ASKED_IN_ENGLISH for verb in _SIGNED_IN_ENGLISH),
        *(f"n° des {noun}s" for noun in _ASKED),
        "engagements pris",
    ),
    "measure": (
        *(
            f"{number} {of}{noun}"
            for noun in _ASKED
            for number in ("n°", "numéro")
            for of in ("", "de ", "de la ", "de l’")
        ),
        *(f"{noun} {number}" for noun in _ASKED_IN_ENGLISH for number in ("number", "no")),
        "engagement",
        "commitment",
    ),
    "answers.measure": ONE_OR_MORE,
    "actions.measure": ONE_OR_MORE,
    "details.measure": ONE_OR_MORE,
    "source_url": (
        "lien",
        "url",
        "adresse",
        "link",
        "lien de la source",
        "lien vers la source",
        "url de la source",
        "source link",
        "source url",
        *SOURCE,
    ),
    "mandates.started_on": (
        "date de début",
        "depuis",
        "depuis le",
        *("depuis quand", "since when"),
        "du",
        "début du mandat",
        *("prise de fonction", "date de prise de fonction"),
        "since",
    ),
    "mandates.ended_on": ("date de fin", "jusqu’au", "au", "fin du mandat", "until"),
    "office": ("mandat", "poste", "role"),
    "actions.action_id": ("id", "identifiant de l’action", "id action"),
    "actions.happened_on": ("date", "le", "jour", "date du constat", "day"),
    "status": ("état", "avancement", "où en est-on", "état d’avancement", "state", "progress"),
    "summary": (
        *("constat", "description", "détail", "détails", "commentaire", "remarque", "observation"),
        *("action menée", "ce qui a été fait", "what happened", "what was done", "remark"),
        "ce qui s’est passé",
    ),
    "source_kind": ("type de source", "source type"),
    "source_publisher": ("éditeur", "média", "publisher"),
    "archive_url": ("archive", "lien archivé", "archived link"),
    "kind": ("type", "type d’entrée"),
    "answers.answered_on": (
        *("date", "date de réponse", "répondu le", "date of answer", "jour", "day"),
        *("horodateur", "horodatage", "timestamp"),
    ),
    "answer": ("réponse", "réponse du candidat", "position"),
    "comment": (
        "commentaire",
        "commentaire libre",
        "remarque",
        "observation",
        "précision",
        "remark",
        *("ses mots", "their words"),
    ),
    "areas.code": ("code insee", "code commune", "identifiant", "id"),
    "areas.name": (
        *("commune", "ville", "lieu", "territoire", "canton", "circonscription"),
        *("city", "place", "area", "constituency", "ward"),
    ),
    "department_code": ("code département", "n° département"),
    "population": ("habitants", "nombre d’habitants", "inhabitants"),
    "measures.id": ("n°", "numéro", "n° mesure", "id", "number", "no"),
    "title_fr": (
        "titre",
        "titre court en français",
        "intitulé",
        "libellé",
        "nom de la mesure",
        *_TITLED_AS,
    ),
    "title_en": ("title", "short title", "short title in english"),
    "wording": (
        *ONE_OR_MORE,
        "texte",
        "formulation",
        "énoncé",
        "texte de la mesure",
        "text",
    ),
    "criterion_fr": (
        *("critère de réussite", "critère d’évaluation", "critère en français"),
        *("indicateur", "indicateur de réussite", "indicateur de suivi"),
    ),
    "criterion_en": ("criterion", "criterion in english"),
    "objective": ("objectif du pacte",),
    "theme": (
        *("volet", "axe", "rubrique", "catégorie", "domaine", "chapitre", "thématique"),
        *("category", "topic", "chapter", "section"),
    ),
    "offices.title_fr": ("fonction", "titre"),
    "offices.title_en": ("office", "title"),
    "pact.id": ("identifiant du pacte",),
    "pact.title": ("titre du pacte", "nom du pacte", "nom", "name"),
    "pact.promoter": ("porté par", "association", "organisation"),
    "pact.election_on": (
        *("date du scrutin", "jour de l’élection", "day of the election", "date of the election"),
    ),
    "pact.term_start": ("beginning of the term", "term start"),
    "pact.term_end": ("term end",),
    "key": ("clé", "rubrique", "item"),
}


def column_of(content: str, title: str) -> str | None:
    """The column of a part that a title means, None if it means none there."""
    if len(title) > 100:
        return None
    known, bare = _columns(content), word_key(_HOW_WRITTEN.sub(" ", title))
    whose = _OF_SIGNATORY.sub("", bare)
    plain = _ARTICLE.sub("", bare)
    for key in (word_key(title), bare, whose, _PLURAL.sub("", whose), plain):
        if column := known.get(key):
            return column
    if content in COLUMNS and (match := _BOTH.fullmatch(title.strip())):
        return _column_of_both(content, match["one"], match["other"])
    return None


def says_whose(title: str) -> bool:
    """Whether a title of comments says that they are the signatory's own words: « Commentaire du
    candidat », or `comment`, the column of answers.csv, which is nothing else."""
    if title.strip() == "comment":
        return True
    return _OF_SIGNATORY.search(word_key(_HOW_WRITTEN.sub(" ", title))) is not None


def _column_of_both(content: str, *titles: str) -> str | None:
    """The column of signatories where one of two titles heads these, and the other one places: « Nom
    (ville) », « Ville / Candidat »."""
    named = {"name", "signatory_id"}.intersection(COLUMNS[content])
    for title, other in (titles, titles[::-1]):
        if column_of("signatories", other) == "commune" and column_of(content, title) in named:
            return column_of(content, title)
    return None


def title_of(content: str, column: str, lang: str, **words: Choice) -> str:
    """What a column of a part is called, in the words of the interface. `words`: those that fit a
    pact."""
    if content == "offices":
        return text(f"office_column.{column}", lang)
    return text(_CALLED.get(f"{content}.{column}", f"column_title.{column}"), lang, **words)


def titles_in(name: str) -> frozenset[str]:
    """How people call something that is no column, as `search_key` reads it."""
    return frozenset(map(search_key, (name, *SYNONYMS[name])))


@cache
def _columns(content: str) -> dict[str, str]:
    """By its key, the column that a title means; each code means itself first."""
    found = {word_key(name): name for name in TITLED[content]}
    for name in TITLED[content]:
        for word in words_for(content, name):
            found.setdefault(word_key(word), name)
    return found


def words_for(content: str, column: str) -> tuple[str, ...]:
    """Every title, beside its code, that a column may have."""
    own = [title_of(content, column, lang) for lang in LANGUAGES]
    more = (*SYNONYMS.get(f"{content}.{column}", ()), *SYNONYMS.get(column, ()))
    if column == "signatory_id" and content != "signatories":  # an id or a name, as people like
        more += words_for("signatories", "name")
    labels = _LABELS.get(f"{content}.{column}", ())
    own += [text(label, lang) for label in labels for lang in LANGUAGES]
    return tuple(dict.fromkeys((*own, *more)))
