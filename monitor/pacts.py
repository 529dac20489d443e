"""A pact, its measures and its own offices."""

from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from monitor.models import AreaCodes, Office

#: A wording that serves as a title ends in an ellipsis after as many letters.
TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One numbered item of a pact. `objective` and `wording` are quoted, never edited. `theme`: what
    the pact files it under; `parent`: the id of the measure that it is a part of, in the same theme;
    `explanation`: why whoever asks for it does, or what is meant."""

    id: str
    objective: str | None = None
    wording: str
    title_fr: str | None = None
    title_en: str | None = None
    criterion_fr: str | None = None
    criterion_en: str | None = None
    objective_en: str | None = None
    #: As precise as the pact says (EDTF): due on the last day that it can mean.
    due_on: str | None = None
    theme: str | None = None
    parent: str | None = None
    explanation: str | None = None

    def title(self, lang: str) -> str:
        """In English, or else in French, where the pact has no title in that language; the beginning of
        the wording where it has none at all."""
        title = getattr(self, f"title_{lang}", None) or self.title_en or self.title_fr
        return title or shorten(self.wording, TITLE_LENGTH, placeholder="…")

    def criterion(self, lang: str) -> str | None:
        """In English, or else in French, where the pact has no criterion in that language; None where
        it has none at all."""
        name = self.criterion_name(lang)
        return getattr(self, name) if name else None

    def criterion_name(self, lang: str) -> str | None:
        """The field that `criterion` gives."""
        names = (f"criterion_{lang}", "criterion_en", "criterion_fr")
        return next((name for name in names if getattr(self, name, None)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOffice:
    """An office that a pact names itself: what mandates call it (`code`), and its titles, in one
    language at least. The feminine ones (`title_fr_f`) where they are not the same. Only offices of
    one `level` are compared with each other."""

    code: str
    title_fr: str | None = None
    title_fr_f: str | None = None
    title_en: str | None = None
    title_en_f: str | None = None
    level: str | None = None

    def titles(self, lang: str) -> tuple[str, ...]:
        """Its title in a language, then the feminine one if there is one; in any other language where
        the pact gives none in that one."""
        for each in (lang, "en", "fr"):
            if title := getattr(self, f"title_{each}", None):
                feminine = getattr(self, f"title_{each}_f")
                return (title, feminine) if feminine else (title,)
        return (self.code,)


#: The usual levels; « commune » is that of the offices that every pact has.
LEVELS = ("commune", "intercommunal", "department", "region", "national")
#: What a pact may call its places that are no communes: one and several of them, in each language.
PLACE_WORDS = ("place_fr", "places_fr", "place_en", "places_en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pact:
    """The document that candidates signed, with its election and its term. Its measures stand by theme,
    each before its parts. Where nobody said to which
    offices it is put (`offices_said`), mandates of mayors count, and no sentence names an office."""

    id: str
    title: str
    promoter: str
    election: str
    election_on: date
    term_start: date
    language: str
    fictional: bool
    measures: tuple[Measure, ...]
    question: str | None = None
    binding_offices: tuple[str, ...] = (Office.MAYOR,)
    offices_said: bool = True
    licence: str | None = None
    offices: tuple[OwnOffice, ...] = ()
    areas: AreaCodes = AreaCodes.INSEE
    #: PLACE_WORDS.
    place_fr: str | None = None
    places_fr: str | None = None
    place_en: str | None = None
    places_en: str | None = None
    #: None where it is not fixed.
    term_end: date | None = None

    @property
    def office_codes(self) -> tuple[str, ...]:
        """What a mandate under the pact may call its office, in the order of every list."""
        return (*Office, *(office.code for office in self.offices))

    def level_of(self, code: str) -> str | None:
        """The level of an office: « commune » of those that every pact has; None where nobody said."""
        own = self.own_office(code)
        return own.level if own else "commune"

    def own_office(self, code: str) -> OwnOffice | None:
        """The office of that code, None if it is one of those that every pact has."""
        return next((office for office in self.offices if office.code == code), None)

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes of its measures, in their order; none where no measure has one."""
        return tuple(dict.fromkeys(measure.theme for measure in self.measures if measure.theme))
