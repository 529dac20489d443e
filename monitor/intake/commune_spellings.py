"""The ways in which people write communes: their codes, their names, and what stands beside them."""

import re
from collections.abc import Collection, Sequence

from monitor.areas import city_of_district, search_key

#: Letters that the beginning of a name has, to be proposed for it.
BEGINNING = 4
#: « s/ », « s/s »: sur, sous.
SLASH = re.compile(r"\bs ?/ ?(?:s\b)?", re.IGNORECASE)
#: « La Roche/Yon ».
WITHIN_WORD = re.compile(r"(?<=\w)/(?=\w)")
#: The postcodes of the arrondissements of Paris. Those of Lyon and Marseille are codes of communes.
POSTCODE_OF_PARIS = re.compile(r"750(0[1-9]|1[0-9]|20)")
_ORDINAL = r"0?[1-9][0-9]? ?(?:er|ere|e|eme|st|nd|rd|th)"
_WHICH = r"(?:{0}(?: {1})?|0?[1-9][0-9]? {1})".format(
    _ORDINAL, "(?:arrondissement|arrondt|arrdt|ardt|arr)"
)
#: « Paris 11e », « Lyon 3e arrondissement (69) », « 4e arr. de Marseille » as search keys: never
#: « Marseille 13 », which names the department.
DISTRICT = re.compile(
    rf"(?P<city>paris|lyon|marseille) {_WHICH}(?: (?:75|69|13))?"
    rf"|{_WHICH} (?:de )?(?P<of>paris|lyon|marseille)"
)
#: The first code of the arrondissements of a city: the next have the next.
FIRST_DISTRICTS = {"paris": 75101, "lyon": 69381, "marseille": 13201}
#: What a spreadsheet makes of a code that it takes for a number.
DECIMAL = re.compile(r"([0-9]{4,5})[.,]0+")
CODE = re.compile(r"[0-9][0-9AaBb]?[0-9]*")
WHOLE_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9][0-9AaBb][0-9]{3}(?![0-9A-Za-z])")
#: « Limoges (87) », « Ajaccio 2A », « Limoges, 87000 »: a name with its department, or its postcode.
WITH_DEPARTMENT = re.compile(
    r"(?P<name>[^0-9(]*[^\W\d_][^0-9(]*(?:\([^0-9()]+\))?)"
    r"[\s(,\-–]+(?P<department>9[78][0-9]|2[abAB]|[0-9]{2})(?:[0-9]{3})?\)?"
)
#: « 87000 Limoges », as addresses have it; « Lyon CEDEX 03 ».
_POSTCODE_FIRST = re.compile(r"(?P<code>[0-9]{5})[\s,–-]+(?P<name>[^0-9].*)")
_CEDEX = re.compile(r"\s+cedex\b(?:\s*[0-9]{1,2})?", re.IGNORECASE)
#: The postcodes of the arrondissements of cities.
POSTCODE_OF_DISTRICT = re.compile(r"75(?:0[0-2][0-9]|116)|6900[1-9]|130(?:0[1-9]|1[0-6])")
#: « Saint-Denis (Seine-Saint-Denis) », « Saint-Denis, La Réunion ».
WITH_PLACE = re.compile(r"(?P<name>[^(,]+[^\s(,])\s*[(,]\s*(?P<place>[^(),]+?)\s*\)?")
#: « Havre (Le) », as INSEE's lists have it.
ARTICLE_LAST = re.compile(r"(?P<name>.+?)\s*\((?P<article>l['’]|la|le|les)\)", re.IGNORECASE)
OF_TOWN = re.compile(r"(?:ville|commune|mairie)\s+(?:de\s+|d['’]\s*|du\s+)", re.IGNORECASE)
#: « Octeville, commune déléguée », « (commune associée) ».
FORMER_KIND = re.compile(
    r"\s*[(,–-]?\s*\b(?:ancienne )?commune (?:déléguée|associée|nouvelle)\s*\)?$", re.IGNORECASE
)
OF_FORMER_KIND = re.compile(
    r"^(?:ancienne )?commune (?:déléguée|associée|nouvelle) (?:de |du |des |d['’]\s*)",
    re.IGNORECASE,
)
#: « Paris 11 », which may be a department as well: « Marseille 13 ».
MAYBE_DISTRICT = re.compile(r"(paris|lyon|marseille) (0?[1-9][0-9]?)")
_ROMAN_DISTRICT = re.compile(
    r"(?P<city>paris|lyon|marseille) (?P<roman>[ivx]+)(?P<rest>(?:er|e|eme)\b.*)"
)
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = {
    tens + unit: 10 * n + m
    for n, tens in enumerate(("", "x", "xx"))
    for m, unit in enumerate(_UNITS)
}
SIREN = re.compile(r"[0-9]{9}")


def key_without_article(name: str) -> str:
    """The search key of a department: Réunion is La Réunion."""
    return re.sub(r"^(?:la|le|les|l) (?=\w)", "", search_key(name))


def number_district(key: str) -> str:
    """The search key of a place, the number of its arrondissement in digits: « Paris XIe »."""
    if not (match := _ROMAN_DISTRICT.fullmatch(key)):
        return key
    number = _ROMANS.get(match["roman"])
    return f"{match['city']} {number}{match['rest']}" if number else key


def district_code(text: str, codes: Collection[str]) -> str | None:
    """The code of the arrondissement that a text names; None if it names none of these codes."""
    key = number_district(search_key(text))
    if not (match := DISTRICT.fullmatch(key)):
        return None
    city = match["city"] or match["of"]
    number = int(re.findall("[1-9][0-9]?", key)[0])
    code = str(FIRST_DISTRICTS[city] + number - 1)
    known = city_of_district()
    same_city = known.get(code) == known[str(FIRST_DISTRICTS[city])]
    return code if same_city and code in codes else None


def abbreviates(words: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether some words are, each, one of a whole name or stand for it, and one of three letters or
    more is the same."""
    if len(whole) != len(words):
        return False
    pairs = [*zip(words, whole, strict=True)]
    same = any(word == full and len(word) >= BEGINNING - 1 for word, full in pairs)
    return same and all(stands_for(word, full) for word, full in pairs)


def stands_for(word: str, full: str) -> bool:
    """Whether a word is another one, its beginning, or, of few letters, some of its letters: « Fd »."""
    if full.startswith(word):
        return True
    letters = iter(full)
    return len(word) < BEGINNING and word[0] == full[0] and all(one in letters for one in word)


def name_before_postcode(text: str) -> str:
    """The name of a commune before its postcode, without what only addresses have."""
    bare = _CEDEX.sub("", text.strip())
    match = _POSTCODE_FIRST.fullmatch(bare)
    return f"{match['name'].strip()} ({match['code']})" if match else bare
