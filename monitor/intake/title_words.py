"""What people call the columns of files beside the words of the interface, in French and in English."""

#: What heads where a source is, or what it is called: `settle_columns` tells which.
SOURCE = ("source", "sources", "preuve", "justificatif", "evidence", "proof")
#: What people call a measure, and the ending of what is said of it; « demandes signées ».
_ASKED = {
    **dict.fromkeys(("mesure", "demande", "proposition", "promesse", "revendication"), "e"),
    "engagement": "",
}
_ASKED_IN_ENGLISH = ("measure", "request", "proposal", "commitment", "pledge", "promise", "ask")
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
    **dict.fromkeys(("liste", "nom de la liste", "list", "name of the list", "binôme"), "list"),
    **dict.fromkeys(
        (
            *("conseil", "instance", "institution", "organisme", "organisation", "collectivité"),
            *("établissement", "hôpital", "entreprise", "université"),
            *("council", "body", "organization", "hospital", "company", "university"),
            *("council name", "name of the council", "local authority", "authority"),
        ),
        "body",
    ),
}
#: What heads the place of somebody where no other column does; beside a commune, what tells it from its
#: namesakes.
DEPARTMENT = (
    *("département", "dép", "dépt", "code département", "n° département", "department"),
    *("n° dépt", "n° dép", "code dép", "code dépt", "num dép"),
    *("code postal", "cp", "postcode", "postal code"),
)
WIDER_PLACES = (
    *("région", "canton", "circonscription", "intercommunalité", "epci", "pays", "académie"),
    *("métropole", "communauté de communes", "communauté d’agglomération", "agglomération"),
    *("communauté urbaine", "chambre", "chambre consulaire", "province", "county", "council area"),
    *("siège", "siège social", "localisation", "implantation", "country", "headquarters"),
    *("district", "council district"),
    *("region", "constituency", "ward", *DEPARTMENT[:1], "department", "location"),
)
#: What heads the codes of communes, which may stand beside their names.
CODE_OF_PLACE = (
    *("code insee", "code commune", "insee", "code insee de la commune", "code insee commune"),
    *("code géographique", "codgeo", "insee com", "depcom"),
)
#: What trackers head the status with.
_RATED = ("rating", "rag status", "rag", "promise status", "statut de la promesse")
#: What heads the arrondissement beside a city.
DISTRICT = ("arrondissement", "arrdt", "arr", "n° d’arrondissement")
#: What heads how people are addressed, which is no part of their names and is not kept.
CIVILITY = ("civilité", "civ", "sexe", "genre", "gender", "sex", "m/mme", "mme/m")
#: What heads first names beside surnames, and the number of a measure beside its words.
FIRST_NAME = ("prénom", "prénoms", "first name", "first names", "given name")
NUMBER = ("n°", "numéro", "no", "number", "#")
#: What heads whether somebody was elected, beside a column of the names.
HELD_OFFICE = ("élu", "élus", "elected")
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
        *("nom et prénom", "prénom et nom", "nom prénom", "prénom nom", "nom complet"),
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
        *("councillor", "cllr", "conseiller", "conseillère", "council member"),
        *("candidat à la mairie", "candidate à la mairie", "candidate for mayor"),
        *("ministre", "minister", "secrétaire d’état", "secretary of state"),
        *("mep", "eurodéputé", "député européen", "member of the european parliament"),
    ),
    "pact.areas": ("lieux", "territoires", "places"),
    "commune": (
        *("ville", "village"),
        "lieu",
        "territoire",
        "code commune",
        *CODE_OF_PLACE,
        "nom de la commune",
        *("nom commune", "libellé commune", "libellé de la commune", "commune de candidature"),
        *("commune où vous êtes candidat", "commune où vous vous présentez", "votre commune"),
        *("city", "town", "municipality", "municipalité", "localité", "place", "area"),
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
        *("date de l’engagement", "date of pledge"),
        *("pledged on", "pledge date", "date signed", "date of signature"),
    ),
    "list": (
        *("nom de la liste", "étiquette", "parti", "parti politique", "party", "political party"),
        *("formation", "formation politique", "mouvement", "mouvement politique"),
        *("groupe", "groupe politique", "groupe parlementaire", "parliamentary group"),
        *("group", "political group", "national party", "party group", "nom de votre liste"),
    ),
    "outcome": ("résultat", "issue", "élu ou battu", "result"),
    "withdrawn_on": (
        *("retrait", "date de retrait", "date du retrait", "retrait de la signature"),
        *("retiré le", "signature retirée le", "withdrawn", "withdrawn on", "withdrawal"),
    ),
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
        *(
            f"{noun} {no}"
            for noun in (*_ASKED, *_ASKED_IN_ENGLISH)
            for no in ("number", "no", "n°")
        ),
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
        *("since", "from"),
    ),
    "mandates.ended_on": ("date de fin", "jusqu’au", "au", "fin du mandat", "until", "to"),
    "office": ("mandat", "poste", "role", "portfolio", "post", "position", "portefeuille"),
    "end_reason": ("motif", "motif de départ", "reason", "reason for leaving"),
    "actions.action_id": ("id", "identifiant de l’action", "id action"),
    "actions.happened_on": (
        *("date", "le", "jour", "date du constat", "day", "as at", "as of", "update date"),
        *("date de mise à jour", "mis à jour le", "last update", "last updated", "updated on"),
        *("depuis", "depuis le", "since", "statut depuis", "statut depuis le", "status since"),
        *("date du statut", "status date", "date of status"),
    ),
    "status": (
        "état",
        *("avancement", "avancée"),
        *("où en est-on", "où ça en est", "où on en est", "où cela en est", "où en sommes-nous"),
        *("où en est la mesure", "où en est la ville", "où en est la mairie", "point d’étape"),
        *("situation", "stade", "état actuel", "where it stands", "where are we", "stage"),
        *("état d’avancement", "state", "progress"),
        *_RATED,
    ),
    "summary": (
        *("constat", "description", "détail", "détails", "commentaire", "remarque", "observation"),
        *("action menée", "ce qui a été fait", "what happened", "what was done", "remark"),
        *("ce qui s’est passé", "explication", "narrative", "explanation", "update text"),
        *("analyse", "analysis", "our analysis", "notre analyse", "finding", "findings"),
    ),
    "source_title": ("pièce justificative",),
    "source_kind": ("type de source", "source type"),
    "source_publisher": ("éditeur", "média", "publisher"),
    "archive_url": ("archive", "lien archivé", "archived link"),
    "kind": ("type", "type d’entrée"),
    "signatories.kind": (
        *("type d’organisation", "type de structure", "type de collectivité"),
        *("type de signataire", "type of organization", "type of signatory"),
    ),
    "answers.answered_on": (
        *("date de soumission", "heure de fin", "submission date", "completion time"),
        *("date", "date de réponse", "répondu le", "date of answer", "jour", "day"),
        *("réponse reçue le", "réponse du", "reçu le", "reçue le", "date de réception"),
        *(
            "date de la réponse reçue",
            "answer received on",
            "received on",
            "received",
            "answered on",
        ),
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
    "measures.id": (
        *("n°", "numéro", "n° mesure", "id", "number", "no", "code", "ref", "réf", "référence"),
        "reference",
    ),
    "measures.theme": (
        *("ministère", "ministry", "department", "policy area", "pilier", "pillar", "secteur"),
        "sector",
    ),
    "title_fr": (
        "titre",
        "titre court en français",
        "intitulé",
        "libellé",
        "nom de la mesure",
        *("title in french", "french title"),
        *_TITLED_AS,
    ),
    "title_en": (
        *(f"{noun} title" for noun in _ASKED_IN_ENGLISH),
        *("title", "short title", "short title in english", "title in english"),
    ),
    "parent": (
        *(f"{sub}{noun} de" for noun in _ASKED for sub in ("sous-", "partie de la ")),
        *("fait partie de", "mesure parente", "mesure mère", "dépend de", "sub-measure of"),
        *("part of", "parent"),
    ),
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
