"""Names that the eye takes for one another: a pseudonym stands beside what its bearer wrote, and no
other account may bear what looks like it."""

import re
import unicodedata

from monitor.areas import search_key

#: Letters of Cyrillic and of Greek, capital or small, drawn as Latin ones are; two figures that are
#: drawn as letters. I, i, l and 1 are one, and so are O and 0 (Unicode, UTS 39, in small).
_LOOKS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԌԜавгеѕіјкмнорстухһԁԍԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβγεικνορτυχω01Iiǀ",
    "abesijkmhopctyxgwabresijkmhopctyxhdgqwlabezhlkmnoptyxabyelkvoptuxwollll",
)
#: Scripts of few readers whose letters are drawn as Latin ones (limited use: Unicode, UAX 31, table 7).
_DRAWN_AS_LATIN = {"CHEROKEE", "COPTIC", "DESERET", "ELBASAN", "LISU", "OSAGE", "VAI", "WARANG"}
#: « LATIN LETTER SMALL CAPITAL C », « LATIN SMALL LETTER DOTLESS I »: which letter it is.
_LETTER = re.compile(r"LATIN .*\b([A-Z])\b")
#: « LATIN SMALL LETTER ALPHA » and its like have names of their own.
_NAMED = {"ALPHA": "a", "IOTA": "i", "OPEN E": "e", "LONG S": "s", "UPSILON": "u"}
#: Two letters that are one at a glance.
_PAIRS = (("rn", "m"), ("vv", "w"), ("ǁ", "ll"))
#: How pages and commands call those who are no account.
_OF_NOBODY = (
    "exploitant",
    "l’exploitant",
    "operator",
    "opérateur",
    "serveur",
    "le serveur",
    "server",
    "the server",
)


def look_alike(name: str, other: str) -> bool:
    """Whether two names would be taken for each other, whatever the case, the accents, the spaces, the
    script of their letters."""
    return search_key(name) == search_key(other) or _likeness(name) == _likeness(other)


def is_reserved(name: str) -> bool:
    """Whether a name would be taken for the operator or the server."""
    return any(look_alike(name, other) for other in _OF_NOBODY)


def _likeness(name: str) -> str:
    """The same for names that are drawn alike: a mark beside a letter, and a line below, are hardly
    seen."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name)
        if letter != "_" and unicodedata.category(letter) != "Lm"
    )
    plain = "".join(map(_plain, bare)).translate(_LOOKS)
    found = search_key(plain).translate(_LOOKS).replace(" ", "")
    for pair, one in _PAIRS:
        found = found.replace(pair, one)
    return found


def _plain(letter: str) -> str:
    """A Latin letter without what was added to it."""
    if letter.isascii():
        return letter
    name = unicodedata.name(letter, "")
    if not name.startswith("LATIN"):
        return letter
    for word, plain in _NAMED.items():
        if name.endswith(f" {word}"):
            return plain
    found = _LETTER.match(name)
    return found[1].lower() if found else letter


def mixes_alphabets(name: str) -> bool:
    """Whether letters or figures of another script stand among Latin ones, or some that are drawn as
    these: nobody's name is written so."""
    scripts = {
        unicodedata.name(letter, "?").split()[0]
        for letter in unicodedata.normalize("NFKC", name)
        if letter.isalnum() and not letter.isascii() and unicodedata.category(letter) != "Lm"
    }
    if any(letter.isascii() and letter.isalpha() for letter in name):
        scripts.add("LATIN")
    return ("LATIN" in scripts and len(scripts) > 1) or not scripts.isdisjoint(_DRAWN_AS_LATIN)
