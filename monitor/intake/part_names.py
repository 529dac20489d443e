"""What the files and sheets of a pact are called, and what one that is called so holds."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import PurePath

from monitor.i18n import LANGUAGES, text
from monitor.intake.periods import without_period
from monitor.intake.titles import TABLES_OF_PACT
from monitor.intake.vocabulary import word_key
from monitor.schema import ALIASES, FILES

#: What a pact is made of, each after what its rows name.
PARTS = (
    "pact",
    *TABLES_OF_PACT,
    *sorted(FILES, key=lambda file: (file != "areas", file not in ("signatories", "answers"))),
)
#: What people call a part beside the words of the interface.
_CALLED = {
    # A form's own sheet is called after its answers, in the language of whoever made it.
    "answers": ("réponses au formulaire", "form responses", "responses"),
    "measures": (
        *("demandes", "propositions", "revendications", "promesses", "engagements"),
        *("requests", "proposals", "promises", "pledges", "asks"),
    ),
    "signatories": (
        *("organisations", "organizations", "entreprises", "companies", "universités"),
        *("universities", "établissements", "meps", "eurodéputés", "députés européens"),
        *("candidats", "candidates", "élus", "signatures", "elected officials", "têtes de liste"),
        *("partis", "parties", "formations", "listes", "lists", "conseils", "councils"),
        *("collectivités", "collectivités signataires", "villes signataires"),
        *("communes signataires", "maires", "mayors", "députés", "sénateurs", "parlementaires"),
        *("members of parliament", "mps", "ministers", "ministres", "councillors", "binômes"),
    ),
    "actions": (
        "updates",
        "mises à jour",
        "suivi",
        "suivis",
        "avancement",
        "faits",
        "follow-up",
        "progress",
    ),
    "areas": (
        *("communes", "villes", "villages", "bourgs", "quartiers", "arrondissements", "cantons"),
        *("territoires", "circonscriptions", "départements", "régions", "pays", "académies"),
        *("intercommunalités", "métropoles", "agglomérations", "communautés de communes", "epci"),
        *("municipalités", "provinces", "places", "towns", "cities", "villages", "boroughs"),
        *("districts", "constituencies", "wards", "counties", "departments", "regions"),
        *("countries", "municipalities"),
    ),
}
#: What may stand before it: « Nos demandes ».
_ARTICLE = re.compile(r"(?:nos|les|our|the) (?:\d+ )?")
#: How many there are, or which of the sheets it is: « 40 demandes », « 2. Candidats »; no year.
_NUMBERED = re.compile(r"^\d{1,3} +(?=\w)")
#: What Numbers puts after the name of a sheet that it exports: « Signataires - Tableau 1 ».
_OF_NUMBERS = re.compile(r"(?<=\w)\s+(?:tableau|table) \d+(?: \d+)?$")
#: What else a title may say: « Liste des candidats 2026 », « Réponses des candidats ».
_OF_TITLE = re.compile(
    r"^(?:liste|tableau|list) (?:des |de |of )"
    r"|(?<=\w)(?: (?:des|of(?: the)?) candidat\w*)?(?: (?:19|20)\d\d(?: \d{2,4})?)?$"
    r"|(?:(?<=formulaire)|(?<=form response)|(?<=form responses)) \d+$"
    r"| (?:recues?|received)$"
    r"|(?<=^reponse) (?:(?:des|de) \w+|(?:candidat|liste|parti|elu|maire|commune)\w*)$"
    r"|(?:(?<=^answer)|(?<=^response)) (?:of|from)(?: the)? \w+$"
)


#: Files that hold one table each, as text; what stands between a workbook and its sheet in their names.
TEXTS, _OF_BOOK = (".csv", ".tsv", ".txt"), " - "
#: Between the name of a workbook and that of its sheet, in the name of a part.
OF_SHEET = " · "
#: The file of a folder in which `load` writes all that it doubts of the others.
DOUBTS_FILE = "load.doubts.txt"


def sheet_of_part(name: str) -> str:
    """What the sheet of a part is called, by the name of the part; its file, where it is a file."""
    return name.rpartition(OF_SHEET)[2]


def title_of_sheet(content: str, lang: str) -> str:
    """What the sheet of a part is called."""
    return text(f"sheet.{content}", lang)


def content_of(title: str) -> str | None:
    """The part that a file or a sheet is called after, whatever the case, the language, the gender and
    the number."""
    key = _title_key(title)
    bare = _OF_TITLE.sub("", _ARTICLE.sub("", _OF_NUMBERS.sub("", key), count=1)).strip()
    if content := _contents().get(key) or _contents().get(_ARTICLE.sub("", bare, count=1)):
        return content
    counted = _contents().get(_NUMBERED.sub("", bare, count=1))
    return counted if counted in ("measures", "signatories", "answers", "actions") else None


def titles_of_files(names: Iterable[str]) -> dict[str, str]:
    """What some files are called, without their endings: those that a spreadsheet was exported to, one
    a sheet, by their sheets alone: « Suivi du pacte - Candidats.csv »."""
    stems = {name: PurePath(name).stem for name in names}
    texts = [name for name in stems if PurePath(name).suffix.casefold() in TEXTS]
    books = Counter(stems[name].rpartition(_OF_BOOK)[0] for name in texts)
    exported = {
        name
        for name in texts
        if content_of(stems[name]) is None and books[stems[name].rpartition(_OF_BOOK)[0]] > 1
    }
    return {
        name: stem.rpartition(_OF_BOOK)[2] if name in exported else stem
        for name, stem in stems.items()
    }


#: What people call a part whose titles alone tell it from another one.
_MAYBE_CALLED = {
    "actions": (
        *("veille", "suivi citoyen", "suivi des engagements", "suivi des promesses", "journal"),
        *("suivi du mandat", "état d’avancement", "monitoring", "tracking", "tracker", "follow up"),
    ),
}


def content_nearly_of(title: str) -> str | None:
    """The part that a file or a sheet may be called after, beside a time, or in other words: « Suivi
    T2 ». Its titles must fit."""
    bare = without_period(_title_key(title))
    if content := _contents().get(bare) or content_of(bare):
        return content
    return next(
        (one for one, words in _MAYBE_CALLED.items() if bare in map(_title_key, words)), None
    )


def _title_key(title: str) -> str:
    words = " ".join(map(word_key, title.replace("_", " ").split()))
    return re.sub(r"(?<=\w{3})s\b", "", words)


@cache
def _contents() -> dict[str, str]:
    return {_title_key(alias): content for alias, content in ALIASES.items()} | {
        _title_key(word): content
        for content in PARTS
        for word in (
            content,
            *(title_of_sheet(content, lang) for lang in LANGUAGES),
            *_CALLED.get(content, ()),
        )
    }
