"""The people of a city's sheet: their commitments, and each entry with its evidence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from monitor.i18n import number, text
from monitor.models import Status
from monitor.read import careers
from monitor.read import city as cities
from monitor.read.city_groups import Group, group_commitments, group_heading
from monitor.read.city_texts import (
    RECENT,
    CityTexts,
    CommitmentWords,
    PersonWords,
    commitment_words,
    person_words,
)
from monitor.read.commitment_text import Fact, common_in_words
from monitor.read.entry_text import EntryText, entry_text
from monitor.read.known_days import since_in_words
from monitor.read.labels import listed_title
from monitor.read.selection import View
from monitor.web.city_choice import city_address
from monitor.web.sheet_words import IN_FULL, IN_LINES, commitment_anchor


class ShownCommitment(NamedTuple):
    """A commitment in full. `said_by`: the entry that gave it its status, where the others would hide
    it, above all on paper; `entries`: the others."""

    anchor: str
    words: CommitmentWords
    said_by: EntryText | None
    entries: list[EntryText]


class ShownLine(NamedTuple):
    """A commitment on one line, and the address where the rest of it stands; of several of one measure,
    without a `status`."""

    anchor: str
    status: Status | None
    title: str
    state: str
    address: str


class ShownGroup(NamedTuple):
    """Commitments under a line that unfolds them, unless it has no words: each in full, or on a line
    where they are too many for that."""

    status: Status | None
    words: str
    more: str
    open: bool
    commitments: list[ShownCommitment]
    lines: list[ShownLine]


class ShownPerson(NamedTuple):
    """Who signed. `elsewhere`: (title, address) of the sheet of each other pact that they signed.
    `common`: what is said once of the commitments that stand in full.
    `groups`: their commitments, none where these do not concern them; `entries`: all, where there are no
    groups. `folded`: what stands beside the name on the line that unfolds all of it, "" where it is
    open."""

    anchor: str
    name: str
    words: PersonWords
    elsewhere: list[tuple[str, str]]
    groups: list[ShownGroup]
    entries: list[EntryText]
    folded: str
    common: str


def people_of_sheet(
    view: View, place: cities.City, texts: CityTexts, address: Callable[[str], str]
) -> list[ShownPerson]:
    """Everybody who signed, with each commitment: in full with its entries, on a line where the place
    has more than IN_FULL, and counted where it has more than IN_LINES. `address`: of a measure of the
    place alone."""
    groups = group_commitments(view, place)
    count = sum(len(one.commitments) for own in groups.values() for one in own)
    shown = _Shown(view, texts, address, count)
    return [
        _person(shown, person, groups.get(person.row.signatory_id, [])) for person in place.people
    ]


def _entries(view: View, person: cities.Person, texts: CityTexts) -> list[EntryText]:
    seqs = (seq for one in person.commitments for seq in one.seqs)
    return [entry_text(view, texts.entries[seq]) for seq in seqs if seq in texts.entries]


def measures_of_sheet(
    view: View, place: cities.City, address: Callable[[str], str]
) -> list[ShownGroup]:
    """The measures by theme, each with the counts of its statuses, where the place has too many
    commitments for a line of each; else nothing."""
    if len(place.commitments) <= IN_LINES:
        return []
    own: dict[str, dict[str, list[cities.Commitment]]] = {}
    for one in place.commitments:
        own.setdefault(one.row.theme, {}).setdefault(one.row.measure, []).append(one)
    groups = []
    for theme in (*view.pact.themes, ""):
        lines = [
            ShownLine(
                anchor=f"mesure-{measure.id}",
                status=None,
                title=listed_title(view, measure.id),
                state=group_heading(view, Group(own[theme][measure.id], words="-"))[1],
                address=address(measure.id),
            )
            for measure in view.pact.measures
            if measure.id in own.get(theme, ())
        ]
        if lines:
            words = theme or text("theme.unknown", view.lang)
            groups.append(
                ShownGroup(None, words, f" ({number(len(lines), view.lang)})", False, [], lines)
            )
    return groups


@dataclass(frozen=True)
class _Shown:
    """What the groups of a sheet are made of; `count`: how many commitments stand in them in all."""

    view: View
    texts: CityTexts
    address: Callable[[str], str]
    count: int


def _person(shown: _Shown, person: cities.Person, groups: list[Group]) -> ShownPerson:
    view, words = shown.view, person_words(shown.view, person, groups, shown.texts)
    return ShownPerson(
        anchor=f"signataire-{person.row.signatory_id}",
        name=person.row.name,
        words=words,
        elsewhere=[
            (pact.title, city_address(commune, {"pacte": pact.id, "lang": view.lang}))
            for pact, commune in words.elsewhere
        ],
        groups=[
            _group(shown, part, words.common) for group in groups for part in group.parts or [group]
        ],
        entries=[] if groups else _entries(view, person, shown.texts),
        folded="".join(
            f" · {''.join(group_heading(view, group))}" for group in groups if group.parts
        ),
        common=common_in_words(view, words.common) if shown.count <= IN_FULL else "",
    )


def _group(shown: _Shown, group: Group, common: Iterable[Fact]) -> ShownGroup:
    what, more = group_heading(shown.view, group) if group.folds else ("", "")
    full, listed = shown.count <= IN_FULL, shown.count <= IN_LINES
    return ShownGroup(
        status=group.status,
        words=what.partition("\u00a0")[2] if group.status else what,
        more=more,
        open=group.open,
        commitments=[
            _commitment(shown, one, common) for one in (group.commitments if full else ())
        ],
        lines=[_line(shown, one) for one in (group.commitments if listed and not full else ())],
    )


def _line(shown: _Shown, one: cities.Commitment) -> ShownLine:
    view, row = shown.view, one.row
    state = text(f"status.{row.status}", view.lang)
    if since := since_in_words(view, row):
        state = f"{state}, {since}"
    if not row.binding:
        state = f"{state} ({careers.why_not_binding(view, row)})"
    return ShownLine(
        anchor=commitment_anchor(row),
        status=Status(row.status),
        title=listed_title(view, row.measure),
        state=state,
        address=shown.address(row.measure),
    )


def _commitment(shown: _Shown, one: cities.Commitment, common: Iterable[Fact]) -> ShownCommitment:
    words = commitment_words(shown.view, one, shown.texts, common)
    hidden = one.row.said_by in [entry.seq for entry in words.entries[RECENT:]]
    return ShownCommitment(
        anchor=commitment_anchor(one.row),
        words=words,
        said_by=words.began if hidden else None,
        entries=[entry for entry in words.entries if not (hidden and entry.seq == one.row.said_by)],
    )
