"""Which column of a file a title means: by the words of the interface, in every language, and by those
of `title_words`, which are as common."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

from monitor.areas import search_key
from monitor.i18n import LANGUAGES, Choice, text
from monitor.intake import pact_measures, pact_offices
from monitor.intake.pact import OPTIONAL, REQUIRED
from monitor.intake.status_words import may_be_status
from monitor.intake.title_words import SYNONYMS
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
    r"^(?:les?|la|l|une?|son|sa|ses|votre|vos|quel(?:le)?s?|your|the|an?|its|their|which) (?=\w)"
)
#: What heads nothing but the words of whoever answers.
_OWN_WORDS = ("ses mots", "leurs mots", "their words", "verbatim")
#: The column of what explains a measure.
EXPLANATION = "explanation"
#: What people write beside a measure, of which nobody can tell what it is.
_NOTES = frozenset(
    (
        *(
            "precision",
            "detail",
            "explication",
            "description",
            "commentaire",
            "remarque",
            "contexte",
            "contenu",
            "developpement",
            "texte complet",
            "texte integral",
        ),
        *("pourquoi", "argumentaire", "argument", "note", "notes", "justification", "exemple"),
        *("why", "explanation", "context", "comment", "remark", "content", "full text"),
    )
)
#: Of these, what says why a measure is asked for, or what is meant, where another column words it.
_REASONS = frozenset(
    (
        *("precision", "explication", "contexte", "pourquoi", "argumentaire", "argument"),
        *("justification", "why", "explanation", "context"),
    )
)
_REMARKS = frozenset(
    ("remarque", "commentaire", "observation", "note", "memo", "remark", "comment", "notes")
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
#: What may stand before a title as an ornament beside pictures, and what pictures are none.
_BULLETS, _DENYING = "•‣→►·", "№℗℠™❌✗✘✖❎🚫⛔👎🔴🟠🟡🟢🔵⚪⚫✅✓✔☑☐☒👍⚠❓❔❗⭐"
_PLURAL = re.compile(r"(?<=\w{3})s\b")


def without_ornaments(title: str) -> str:
    """A title without the signs around it that say nothing: « 🏙 Ville », « Nom ▼ », « • Liste ». What
    may deny it stays: « ❌ Signé »."""
    if title.isascii():
        return title
    return _strip_ornaments(_strip_ornaments(title)[::-1])[::-1]


def _strip_ornaments(title: str) -> str:
    bare = title.lstrip()
    while bare and (bare[0] in _BULLETS or _is_picture(bare[0])):
        bare = bare[1:].lstrip()
    return bare or title


def _is_picture(sign: str) -> bool:
    """Whether a sign is a picture, or changes one; letters such as those of « N° » are none."""
    is_of_pictures = unicodedata.category(sign) in ("So", "Sk", "Cf", "Mn")
    return is_of_pictures and sign >= "\u200b" and sign not in _DENYING


@lru_cache(4_000)  # asked of the same titles hundreds of times
def column_of(content: str, title: str) -> str | None:
    """The column of a part that a title means, None if it means none there."""
    if len(title) > 100:
        return None
    title = without_ornaments(title)
    known, bare = _columns(content), word_key(_HOW_WRITTEN.sub(" ", title))
    whose = _OF_SIGNATORY.sub("", bare)
    plain = _ARTICLE.sub("", bare)
    for key in (word_key(title), bare, whose, _PLURAL.sub("", whose), plain):
        if column := known.get(key):
            return column
    if content in COLUMNS and (match := _BOTH.fullmatch(title.strip())):
        return _column_of_both(content, match["one"], match["other"])
    return None


def what_it_may_be(
    content: str, title: str, meant: Collection[str | None], cells: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """What the sentence on an unknown column says that it may be: « Précisions » beside a measure, what
    holds a status (`cells`) where no other column is `meant` as one."""
    if content == "measures" and is_note_of_measure(title):
        return (("belongs", "note_of_measure"), ("title", title))
    if content == "actions" and "status" not in meant and any(map(may_be_status, cells)):
        return (("belongs", "status"), ("title", title))
    return ()


def is_note_of_measure(title: str) -> bool:
    """Whether a title heads what people write beside a measure, or in place of its wording."""
    return _PLURAL.sub("", word_key(title)) in _NOTES


def put_column(meant: list[str | None], column: str, places: Sequence[int]) -> list[str | None]:
    """The same with a column at the one of these places, if there is one alone."""
    return [column if [n] == [*places] else name for n, name in enumerate(meant)]


def place_reasons(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """The columns that titles mean, with « Pourquoi », « Contexte », where one alone stands there, for
    what explains the measures that another column words."""
    is_worded = not {"wording", "title_fr", "title_en"}.isdisjoint(filter(None, meant))
    if EXPLANATION not in known or EXPLANATION in meant or not is_worded:
        return meant
    nameless = (n for n, name in enumerate(meant) if name is None)
    asked = [n for n in nameless if _PLURAL.sub("", word_key(titles[n])) in _REASONS]
    return put_column(meant, EXPLANATION, asked)


def is_remark(title: str) -> bool:
    """Whether a title heads what whoever keeps a table may write for themselves: « Remarques »."""
    return _PLURAL.sub("", word_key(title)) in _REMARKS


def says_whose(title: str) -> bool:
    """Whether a title of comments says that they are the signatory's own words: « Commentaire du
    candidat », or `comment`, the column of answers.csv, which is nothing else."""
    if title.strip() == "comment" or word_key(title) in _OWN_WORDS:
        return True
    return _OF_SIGNATORY.search(word_key(_HOW_WRITTEN.sub(" ", title))) is not None


def _column_of_both(content: str, *titles: str) -> str | None:
    """The column of signatories where one of two titles heads these, and the other one places: « Nom
    (ville) », « Ville / Candidat »; that of both, where they mean the same."""
    named = {"name", "signatory_id"}.intersection(COLUMNS[content])
    for title, other in (titles, titles[::-1]):
        if column_of("signatories", other) == "commune" and column_of(content, title) in named:
            return column_of(content, title)
    meant = {column_of(content, title) for title in titles}  # « Parti / liste »
    return meant.pop() if len(meant) == 1 else None


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
