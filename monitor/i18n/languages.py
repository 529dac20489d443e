"""The languages of the interface, and those of pacts."""

import re
from dataclasses import dataclass

from babel.core import Locale, UnknownLocaleError

NARROW_SPACE = "\u202f"


@dataclass(frozen=True)
class Language:
    """A language of the interface. CLDR (`locale`) gives its plurals, its numbers and the names of its
    months; here is where we write otherwise. The patterns are CLDR's; `first_day`: the first of a
    month in a whole date, if it is no plain number; `percent_sign`: with what stands before it;
    `two_digit_hours`: 03:41, and not 3 h 41."""

    locale: Locale
    long_day: str
    short_day: str
    short_month: str
    percent_sign: str
    first_day: str = ""
    two_digit_hours: bool = True


#: The first is that of who asks for none.
LANGUAGE_TABLE = {
    "fr": Language(
        Locale("fr", "FR"),
        "d MMMM yyyy",
        "dd/MM/yyyy",
        "MM/yyyy",
        f"{NARROW_SPACE}%",
        first_day="1er",
        two_digit_hours=False,
    ),
    # British for its dates: 24 March 2014.
    "en": Language(Locale("en", "GB"), "d MMMM yyyy", "d MMM yyyy", "MMM yyyy", "%"),
}
LANGUAGES = tuple(LANGUAGE_TABLE)
LOCALES = {code: language.locale for code, language in LANGUAGE_TABLE.items()}


def language_of_locale(name: str) -> str:
    """The language of a locale of the system (en_GB.UTF-8), else the first."""
    return next((code for code in LANGUAGES if name.lower().startswith(code)), LANGUAGES[0])


#: RFC 5646 (BCP 47): language, script, region, variants, extensions, private use.
_LANGUAGE_TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)


def is_language_tag(text: str) -> bool:
    """Whether a text is a tag of BCP 47, well-formed: fr, oc-aranes, pt-BR, zh-Hant-TW."""
    return len(text) <= 35 and _LANGUAGE_TAG.fullmatch(text) is not None


def is_in_language(tag: str, lang: str) -> bool:
    """Whether a tag is of a language of the interface: fr-CA of fr."""
    return tag.partition("-")[0].lower() == lang


def interface_language(tag: str) -> str:
    """The language of the interface that a tag is of, else the first."""
    return next((lang for lang in LANGUAGES if is_in_language(tag, lang)), LANGUAGES[0])


def own_name(lang: str) -> str:
    """How those who speak a language call it: Français, English."""
    name = LOCALES[lang].get_language_name() or lang
    return f"{name[0].upper()}{name[1:]}"


def language_name(code: str, lang: str) -> str:
    """« anglais »: how a language is called in another; its code where nobody knows it."""
    try:
        return Locale.parse(code, sep="-").get_display_name(LOCALES[lang]) or code
    except (ValueError, UnknownLocaleError):
        return code
