"""Messages: gettext catalogues, `monitor/locale/<language>/*.po`, one file per subject, read through
Babel. A message is found by a dotted key and filled by `str.format`.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from monitor.errors import InvalidValue, MonitorError
from monitor.i18n.formats import number, partial_day, round_half_up
from monitor.i18n.languages import LOCALES

FOLDER = Path(__file__).parents[1] / "locale"
#: The forms of a plural in CLDR, in the order in which a catalogue has those of its language.
_PLURALS = ("zero", "one", "two", "few", "many", "other")
#: A value after which a message ends a sentence, with or without a closing quotation mark.
_ENDED = re.compile(r"\{(\w+)\}([\s»”*]*)\.(?![\w.])")
#: A noun of a message that a pact may have a word of its own for.
_NOUN = re.compile("<(lieux?|places?)>", re.IGNORECASE)
#: « de » before a name, or before a noun that a pact may have a word of its own for; what elides it
#: (an h may, or may not).
_OF = re.compile(r"\bde (?=\{(name|person|place|commune|areas|day):?([^}]*)\})")
_VOWEL = re.compile(r"\W*[aàâäeéèêëiîïoôöuùûüœæ]", re.IGNORECASE)
#: Where a sentence ends within a message, and another one begins.
_SENTENCE_END = re.compile(r"(?<=[\w»”)%])[.?!] (?=[A-ZÀ-Ý«“\"]|$)|^[.?!] (?=[A-ZÀ-Ý«“\"]|$)")
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
#: signature that is withdrawn too), how one is made (`vow`: by a signature, or by an answer to a
#: measure), and who are counted (`committed`: signatories; else those who answered that they commit to
#: something, in the order of SignatoryKind, then of several kinds), and whether the measures have
#: `criteria`. `monitor.read.wording` knows them
#: of a pact. And by which `door` somebody reads it: the command line, or a page.
CHOICES = {
    name: Choice(0)
    for name in ("signers", "areas", "one", "ends", "vow", "committed", "criteria", "door")
}


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
                translation = message.string
                messages[key] = (
                    translation if isinstance(translation, str) else tuple(translation or ())
                )
    return messages


def text(key: str, lang: str, **values) -> str:
    """The message in that language. Raises InvalidValue (`no_such_message`)."""
    return _filled(_message(key, lang), values)


def first_sentence(key: str, lang: str, **values) -> str:
    """The first sentence of a message in that language, wherever its values end sentences of their own.
    Raises InvalidValue (`no_such_message`)."""
    return _filled(_cut_message(_message(key, lang)), values)


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


@cache
def _cut_message(message: str) -> str:
    """A message up to the end of its first sentence."""
    cut = ""
    for words, name, chosen, _ in Formatter().parse(message):
        if end := _SENTENCE_END.search(words):
            return cut + _escape_braces(words[: end.end()].rstrip())
        cut += _escape_braces(words)
        if name is not None:
            cut += f"{{{name}:{chosen}}}" if chosen else f"{{{name}}}"
    return cut


def _escape_braces(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _filled(message: str, values: dict) -> str:
    if "{" not in message and "}" not in message:
        return message
    values = CHOICES | values
    return _elided(_one_stop(message, values), values).format(**values)


def _elided(message: str, values: dict) -> str:
    """The message, with « d’ » for « de » before a value that begins with a vowel."""
    for name, words in _before_names(message):
        if _VOWEL.match(format(values[name], words)):
            wanted = f"{{{name}:{words}}}" if words else f"{{{name}}}"
            message = message.replace(f"de {wanted}", f"d’{wanted}")
    return message


@cache
def _before_names(message: str) -> list[tuple[str, str]]:
    return _OF.findall(message)


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
    form = _plural_form(round_half_up(n, digits), lang, digits)
    return _filled(forms[min(form, len(forms) - 1)], {"n": number(n, lang, digits)} | values)


@lru_cache(10_000)
def _plural_form(value: Decimal, lang: str, _digits: int) -> int:
    """The place of the form for a rounded number; 1 and 1.0, which are equal, may differ."""
    rule = LOCALES[lang].plural_form
    return [one for one in _PLURALS if one in rule.tags or one == "other"].index(rule(value))
