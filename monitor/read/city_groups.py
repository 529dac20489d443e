"""The commitments of a city under lines that unfold them, where too many to be read in a row."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from monitor.i18n import number, plural, text
from monitor.models import Status
from monitor.read import careers
from monitor.read.city import City, Commitment, Person
from monitor.read.labels import listed_title, status_label
from monitor.read.selection import View

#: More commitments of a city than this are too many to be read in a row: of each person, each theme, or
#: each status where the pact has no themes, has a line of its own, which unfolds.
MANY = 15
#: As many of one line stand open, unless that makes MANY again.
MOST_OPEN = 3
#: With more lines than this, or more people, each person has one.
LINES, PEOPLE = 40, 12


@dataclass(frozen=True)
class Group:
    """Commitments of one person: of one status (`apart`: why they do not bind on the day, in a few
    words, "" if they do), else what `words` says of them, else few of whatever status, under no line.
    `open`: whether they stand unfolded; `parts`: the same in groups, where they are all of a person."""

    commitments: list[Commitment]
    open: bool = False
    status: Status | None = None
    apart: str = ""
    words: str = ""
    parts: list["Group"] = field(default_factory=list)

    @property
    def folds(self) -> bool:
        """Whether a line unfolds them."""
        return bool(self.status or self.words)

    @property
    def counts(self) -> dict[Status, int]:
        """How many that bind have each status, in the order of the statuses."""
        found = Counter(one.row.status for one in self.commitments if one.row.binding)
        return {status: found[status] for status in Status if found[status]}

    @property
    def unbound(self) -> int:
        """How many do not bind."""
        return sum(not one.row.binding for one in self.commitments)


def group_commitments(view: View, place: City) -> dict[str, list[Group]]:
    """Of each signatory whose commitments are shown one by one, these in groups. Nobody's stand open
    where another's of as few are folded."""
    concerned = place.concerned
    groups = {
        person.row.signatory_id: [Group(person.commitments, open=True)] for person in concerned
    }
    if sum(len(person.commitments) for person in concerned) <= MANY:
        return groups
    divide = _by_theme if len(_themes(view, concerned)) > 1 else _by_status
    parted = {person.row.signatory_id: [*divide(view, person)] for person in concerned}
    if sum(map(len, parted.values())) > LINES or len(place.people) > PEOPLE:
        return {
            person.row.signatory_id: [
                Group(
                    person.commitments,
                    words=plural("count.measures", len(person.commitments), view.lang),
                    parts=parted[person.row.signatory_id],
                )
            ]
            for person in concerned
        }
    few = [len(one.commitments) for own in parted.values() for one in own]
    few = [count for count in few if count <= MOST_OPEN]
    return {
        who: [*_opened(own, MOST_OPEN if sum(few) <= MANY else 0)] for who, own in parted.items()
    }


def counts_in_words(view: View, counts: Mapping[Status, int]) -> str:
    """« ● mis en œuvre 3 · ○ non évalué 2 »: no line ends within a count."""
    parts = (
        f"{status_label(status, view.lang)} {number(count, view.lang)}"
        for status, count in counts.items()
    )
    return " · ".join(words.replace(" ", "\u00a0") for words in parts)


def group_heading(view: View, group: Group) -> tuple[str, str]:
    """Of the line that unfolds a group: what it is, « ● mis en œuvre », and what more is to be said."""
    lang = view.lang
    if group.status:
        count = f" ({number(len(group.commitments), lang)})"
        return status_label(
            group.status, lang
        ), f"{count} · {group.apart}" if group.apart else count
    parts = [counts_in_words(view, group.counts)] if group.counts else []
    if group.unbound:
        parts.append(f"{text('city.not_binding', lang)} {number(group.unbound, lang)}")
    return group.words, f"{text('sentence.colon', lang)}{' · '.join(parts)}"


def commitment_line(view: View, one: Commitment, group: Group) -> str:
    """A commitment of a group on one line: its measure, and where it stands unless the group says so."""
    title = listed_title(view, one.row.measure)
    if group.status:
        return title
    bound = one.row.binding
    state = (
        status_label(one.row.status, view.lang) if bound else careers.why_not_binding(view, one.row)
    )
    return f"{title} · {state}"


def _themes(view: View, people: Iterable[Person]) -> set[str]:
    if not view.pact.themes:
        return set()
    return {one.row.theme for person in people for one in person.commitments}


def _by_theme(view: View, person: Person) -> Iterable[Group]:
    found: dict[str, list[Commitment]] = {}
    for one in person.commitments:  # in the order of the pact
        found.setdefault(one.row.theme, []).append(one)
    for theme, own in found.items():
        yield Group(own, words=theme or text("theme.unknown", view.lang))


def _by_status(view: View, person: Person) -> Iterable[Group]:
    """In the order of the statuses, what binds first."""
    found: dict[tuple[str, Status], list[Commitment]] = {}
    for one in person.commitments:
        apart = "" if one.row.binding else careers.why_not_binding(view, one.row)
        found.setdefault((apart, Status(one.row.status)), []).append(one)
    order = list(Status)
    for apart, status in sorted(found, key=lambda key: (key[0], order.index(key[1]))):
        yield Group(found[apart, status], status=status, apart=apart)


def _opened(groups: Iterable[Group], most: int) -> Iterable[Group]:
    for one in groups:
        yield replace(one, open=len(one.commitments) <= most)
