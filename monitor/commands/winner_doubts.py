"""Doubts about the people whom a table calls elected."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from monitor.findings import Doubt
from monitor.i18n import join_first
from monitor.intake import Part
from monitor.intake.winners import Winner, Winners
from monitor.pacts import Pact

#: People whom a sentence names; of those of whom somebody has to say each result.
_NAMED, MANY = 8, 60


def names_one(doubt: Doubt) -> bool:
    """Whether a doubt about nearly a name says of one signatory alone that it may be theirs."""
    return " ; " not in dict(doubt.values)["near"]


class FoundWinners(NamedTuple):
    """Who of some elected signed, by their ids; who may have, with who that is; who has not; of whom the
    signatories' own table says that they were not elected; who was elected at another time; who is one
    of several in a place where one can be; whom the log knows, and no table that is brought; and whom
    whoever loads says to be which signatory."""

    elected: Mapping[str, Winner]
    near: Sequence[tuple[Winner, str]]
    others: Sequence[Winner]
    denied: Sequence[Winner]
    at_other_times: Sequence[Winner]
    rivals: Sequence[Winner] = ()
    unlisted: Sequence[Winner] = ()
    agreed: Sequence[tuple[Winner, str]] = ()

    def without(self, is_unlisted: Callable[[str], bool]) -> "FoundWinners":
        """The same, with those whose result no row would get apart."""
        apart = {one: who for one, who in self.elected.items() if is_unlisted(one)}
        rest = {one: who for one, who in self.elected.items() if one not in apart}
        return self._replace(elected=rest, unlisted=[*apart.values()])

    def doubts(self, part: Part, found: Winners) -> Iterator[Doubt]:
        """What a person must know of them. `part`: the table that says who was elected; `found`: what it
        says."""
        about = (("sheet", part.sheet or part.name), ("title", found.title))
        near = self.near if part.content != "mandates" else ()  # where they are refused
        for code, some in (("winners_near", near), ("winners_agreed", self.agreed)):
            for one, who in some:
                yield Doubt(None, found.title, one.in_words, code, (*about, ("near", who)))
        # Who is noted as elected is who signed, however the sheet writes them.
        signed_as = dict(self.agreed)
        for code, people in (
            ("winners_read", [*self.elected.values()]),
            ("winners_rival", self.rivals),
            ("winners_unlisted", self.unlisted),
            ("winners_denied", self.denied),
            ("winners_at_other_times", self.at_other_times),
            ("winners_unsigned", self.others),
        ):
            if people:
                names = [signed_as.get(one, one.in_words) for one in people]
                yield tell_names(code, about, names)


def tell_names(
    code: str, about: tuple[tuple[str, str], ...], names: Sequence[str], most: int = _NAMED
) -> Doubt:
    """A doubt that counts some people and names the first, `most` of them. `about`: the sheet and the
    title."""
    values = (("n", str(len(names))), ("near", join_first(names, most, ", ")))
    return Doubt(None, "", "", code, (*about, *values))


def tell_day(part: Part, found: Winners, pact: Pact) -> Iterator[Doubt]:
    """That the days of such a table are not published, and how they become the days of mandates."""
    if found.day and len(pact.binding_offices) == 1:
        name = part.sheet or part.name
        meant = {
            found.title: "signatory_id",
            found.day: "started_on",
            **dict.fromkeys(found.rest, ""),
        }
        options = " ".join(f'--column "{name}:{title}={column}"' for title, column in meant.items())
        values = ("sheet", name), ("title", found.day), ("office", pact.binding_offices[0])
        if '"' not in "".join((name, *meant)):
            yield Doubt(None, "", "", "winners_days", (*values, ("options", options)))
