"""Offices in words: those that every pact has, and a pact's own."""

from monitor.i18n import Choice, text
from monitor.pacts import Pact


def office_title(pact: Pact, code: str, lang: str, **wording: Choice) -> str:
    """The title of an office of a pact in a language; of both genders where the pact gives both:
    « président(e) », « directeur ou directrice ». Where `code` is "", that it is not known.
    `wording`: of the pact (`i18n.CHOICES`)."""
    own = pact.own_office(code)
    if own is None:
        return text(f"office.{code or 'unknown'}", lang, **wording)
    titles = own.titles(lang)
    return join_genders(titles[0], titles[-1], lang)


def join_genders(masculine: str, feminine: str, lang: str) -> str:
    """Two forms of a title as one: « président(e) du conseil »."""
    pairs = list(zip(masculine.split(), feminine.split(), strict=False))
    same_length = len(masculine.split()) == len(feminine.split())
    if same_length and all(her.startswith(his) for his, her in pairs):
        ends = (f"{his}({her[len(his) :]})" if his != her else his for his, her in pairs)
        return " ".join(ends)
    return text("office.either", lang, masculine=masculine, feminine=feminine)
