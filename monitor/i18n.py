"""French first, English complete: messages, plurals, numbers and dates.

Messages are gettext catalogues, `monitor/locale/<language>/*.po`, one file per subject, read through
Babel; a message is found by a dotted key and filled by `str.format`. Numbers and dates follow CLDR.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from monitor.errors import InvalidValue, MonitorError

FOLDER = Path(__file__).parent / "locale"
NARROW_SPACE = "\u202f"


@dataclass(frozen=True)
class Language:
    """A language of the interface. CLDR (`locale`) gives its plurals, its numbers and the names of its
    months; here is where we write otherwise. The patterns are CLDR's; `first_day`: the first of a
    month in a whole date, if it is no plain number; `percent_sign`: with what stands before it."""

    locale: Locale
    long_day: str
    short_day: str
    short_month: str
    percent_sign: str
    first_day: str = ""


#: The first is that of who asks for none.
LANGUAGE_TABLE = {
    "fr": Language(
        Locale("fr", "FR"),
        "d MMMM yyyy",
        "dd/MM/yyyy",
        "MM/yyyy",
        f"{NARROW_SPACE}%",
        first_day="1er",
    ),
    # British for its dates: 24 March 2014.
    "en": Language(Locale("en", "GB"), "d MMMM yyyy", "d MMM yyyy", "MMM yyyy", "%"),
}
LANGUAGES = tuple(LANGUAGE_TABLE)
LOCALES = {code: language.locale for code, language in LANGUAGE_TABLE.items()}
#: The forms of a plural in CLDR, in the order in which a catalogue has those of its language.
_PLURALS = ("zero", "one", "two", "few", "many", "other")
#: A value after which a message ends a sentence, with or without a closing quotation mark.
_ENDED = re.compile(r"\{(\w+)\}([\s»”*]*)\.(?![\w.])")
#: A noun of a message that a pact may have a word of its own for.
_NOUN = re.compile("<(lieux?|places?)>", re.IGNORECASE)
#: What ends a sentence by itself.
_ENDS = (".", "…", "!", "?")


class Choice(int):
    """Which of the words between bars a message takes: of `{signers:un élu|un signataire}` the second if
    it is 1, and the last where there are fewer. A noun between angle brackets is a word that a pact may
    have one of its own for: of `{areas:commune|<lieu>}` that of `names`, else it stands as it is."""

    names: Mapping[str, str]

    def __new__(cls, place: int, names: Mapping[str, str] | None = None):
        made = super().__new__(cls, place)
        made.names = names or {}
        return made

    def __format__(self, words: str) -> str:
        every = words.split("|")
        return _NOUN.sub(self._named, every[min(self, len(every) - 1)])

    def _named(self, noun: re.Match) -> str:
        word = self.names.get(noun[1].lower(), noun[1])
        return word[0].upper() + word[1:] if noun[1][0].isupper() else word


#: What messages choose their words by, each with that of who says nothing of it: the `signers` (elected
#: officials, any signatories), the `areas` (communes, others), and which `one` it is (in the order
#: of SignatoryKind, then a signatory of no known kind), what `ends` a commitment (a mandate, or a
#: signature that is withdrawn too), and how one is made (`vow`: by a signature, or by an answer to a
#: measure). `monitor.read.wording` knows them of a pact.
CHOICES = {name: Choice(0) for name in ("signers", "areas", "one", "ends", "vow")}


@cache
def catalogue(lang: str) -> dict[str, str | tuple[str, ...]]:
    """Every message of a language: key -> text, or the texts of its plural forms."""
    messages: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((FOLDER / lang).glob("*.po")):
        with path.open("rb") as file:
            subject: Catalog = read_po(file, locale=LOCALES[lang])
        for message in subject:
            if message.id:
                key = message.id if isinstance(message.id, str) else message.id[0]
                if key in messages:
                    raise InvalidValue("message_twice", key=key, file=path.name)
                said = message.string
                messages[key] = said if isinstance(said, str) else tuple(said or ())
    return messages


def text(key: str, lang: str, **values) -> str:
    """The message in that language. Raises InvalidValue (`no_such_message`)."""
    return _filled(_message(key, lang), values)


def message_parts(key: str, lang: str, **values) -> list[tuple[str, str | None]]:
    """`text` in parts: (words, the name of the value that they are, None for those of the message), for
    who dresses a value in another way than the rest."""
    parts = []
    values = CHOICES | values
    for words, name, chosen, _ in Formatter().parse(_one_stop(_message(key, lang), values)):
        parts += [(words, None)] if words else []
        if name in CHOICES:
            parts.append((format(values[name], (chosen or "").format(**values)), None))
        elif name:
            parts.append((str(values[name]), name))
    return parts


def _message(key: str, lang: str) -> str:
    message = catalogue(lang).get(key)
    if not isinstance(message, str):
        raise InvalidValue("no_such_message", key=key, lang=lang)
    return message


def _filled(message: str, values: dict) -> str:
    return _one_stop(message, values).format(**CHOICES | values)


def _one_stop(message: str, values: dict) -> str:
    """The message. Where a value ends a sentence by itself (a reason that somebody wrote, a list cut
    short), the full stop that would follow it is left out."""
    for name, mark in _before_stops(message):
        if str(values[name]).endswith(_ENDS):
            message = message.replace(f"{{{name}}}{mark}.", f"{{{name}}}{mark}")
    return message


@cache
def _before_stops(message: str) -> list[tuple[str, str]]:
    return _ENDED.findall(message)


def public_sentence(error: MonitorError, lang: str) -> str:
    """What readers and writers on the web are told of an error: neither a path, nor a command, nor what
    the system said. The command line and the server's log tell the operator more (`error.<code>`)."""
    public = f"public.{error.code}"
    key = public if public in catalogue(lang) else f"error.{error.code}"
    return text(key, lang, **speakable_values(error.values, lang))


def speakable_values(values: Mapping, lang: str) -> dict:
    """What fills a sentence, with `on` (2014-04-05) as the day that one says."""
    on = {"on": partial_day(values["on"], lang)} if "on" in values else {}
    return {**values, **on}


def plural(key: str, n: float, lang: str, digits: int = 0, **values) -> str:
    """The form for a count of `n`, which fills `{n}` as a number of the language with so many digits.

    0 and 1,9 are singular in French, 0 and 1.0 plural in English (CLDR plural rules).
    """
    forms = catalogue(lang).get(key)
    if not isinstance(forms, tuple):
        raise InvalidValue("no_such_message", key=key, lang=lang)
    form = _plural_form(_half_up(n, digits), lang, digits)
    return _filled(forms[min(form, len(forms) - 1)], {"n": number(n, lang, digits)} | values)


@lru_cache(10_000)
def _plural_form(value: Decimal, lang: str, _digits: int) -> int:
    """The place of the form for a rounded number; 1 and 1.0, which are equal, may differ."""
    rule = LOCALES[lang].plural_form
    return [one for one in _PLURALS if one in rule.tags or one == "other"].index(rule(value))


@lru_cache(50_000)
def number(value: float, lang: str, digits: int = 0) -> str:
    """1 234,5 in French (narrow no-break spaces), 1,234.5 in English."""
    return _number(_half_up(value, digits), lang, digits)


@lru_cache(50_000)
def _number(value: Decimal, lang: str, digits: int) -> str:
    """A rounded one: shares and averages are many, and each takes long to write."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, pattern, locale=LOCALES[lang])


def limit_in_words(value: int, lang: str) -> str:
    """A bound as people say it: 2 000, 10 milliards; 2,000, 10 billion."""
    if value >= 10**9 and value % 10**9 == 0:
        return format_compact_decimal(value, format_type="long", locale=LOCALES[lang])
    return number(value, lang)


def _half_up(value: float, digits: int) -> Decimal:
    """Rounded as people do: 12.5 to 13, where IEEE 754 would have 12."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


@lru_cache(50_000)
def percent(value: float, lang: str, digits: int = 0) -> str:
    """A share of 0 to 1: 45 % in French, 45% in English; "–" when it is not defined."""
    return "–" if value != value else _percent(_half_up(value, digits + 2), lang, digits)


@lru_cache(10_000)
def _percent(value: Decimal, lang: str, digits: int) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + LANGUAGE_TABLE[lang].percent_sign
    return format_percent(value, pattern, locale=LOCALES[lang])


@cache
def number_marks(lang: str) -> tuple[str, str]:
    """What stands before the decimals of a number, and between its thousands."""
    marks = LOCALES[lang].number_symbols["latn"]
    return marks["decimal"], marks["group"]


@lru_cache(10_000)
def day(value: date, lang: str, form: str = "long") -> str:
    """24 mars 2014 or 1er avril 2014, 24 March 2014; `short`: 24/03/2014, 24 Mar 2014."""
    language = LANGUAGE_TABLE[lang]
    if form == "short":
        return format_date(value, language.short_day, language.locale)
    shown = format_date(value, language.long_day, language.locale)
    return f"{language.first_day or 1}{shown[1:]}" if value.day == 1 else shown


@lru_cache(10_000)
def partial_day(edtf: str, lang: str) -> str:
    """A partial date as precise as it is known: 2016, février 2016, 16 février 2016."""
    parts = [int(part) for part in edtf.split("-")]
    if len(parts) == 1:
        return edtf
    if len(parts) == 2:
        year, month = parts
        return format_date(date(year, month, 1), "MMMM yyyy", LOCALES[lang])
    return day(date.fromisoformat(edtf), lang)


def since_day(edtf: str, lang: str) -> str:
    """« depuis le 5 avril 2014 », « depuis avril 2014 »."""
    return _dated("since", edtf, lang)


def on_day(edtf: str, lang: str) -> str:
    """« le 5 avril 2014 », « en avril 2014 »."""
    return _dated("on", edtf, lang)


def time_span(first: str, last: str | None, lang: str) -> str:
    """« depuis le 5 avril 2014 jusqu’au 2 juillet 2020 », « depuis avril 2014 (sans fin connue) »."""
    if not last:
        return f"{since_day(first, lang)} {text('date.open', lang)}"
    return f"{_dated('from', first, lang)} {_dated('until', last, lang)}"


def _dated(word: str, edtf: str, lang: str) -> str:
    exact = "_day" if len(edtf) == 10 else ""
    return text(f"date.{word}{exact}", lang, day=partial_day(edtf, lang))


def moment(when: datetime, lang: str) -> str:
    """A UTC time: 5 juillet 2020 à 14 h 03 (UTC); 5 July 2020, 14:03 (UTC)."""
    when = when.astimezone(UTC)
    hour, minute = f"{when:%H}", f"{when:%M}"
    return text("date.moment", lang, day=day(when.date(), lang), hour=hour, minute=minute)


def duration(span: timedelta, lang: str) -> str:
    """A length of time in its largest unit, a minute at least: 3 minutes, 2 heures, 4 days."""
    span = max(span, timedelta(minutes=1))
    return format_timedelta(span, granularity="minute", locale=LOCALES[lang])


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


def join_items(items: Sequence[str], lang: str) -> str:
    """a, b et c."""
    return format_list(list(items), locale=LOCALES[lang])
