"""The people of a city's sheet: their commitments, and each entry with its evidence."""

from typing import NamedTuple

from monitor.i18n import number, text
from monitor.read import careers, replies
from monitor.read import city as cities
from monitor.read.commitment_text import CommitmentText, commitment_text
from monitor.read.entry_text import EntryText, entry_text
from monitor.read.lines import Line
from monitor.read.selection import View
from monitor.web.sheet_words import commitment_anchor

#: Entries of a commitment that stand open; the older ones unfold, and are not printed: so the sheet of
#: one official fits on two pages.
RECENT = 5


class ShownCommitment(NamedTuple):
    """A commitment with what was said of it. `said_by`: the entry that gave it its status, where the
    others would hide it, above all on paper."""

    anchor: str
    text: CommitmentText
    reply: Line | None
    requests: list[str]
    said_by: EntryText | None
    entries: list[EntryText]


class ShownGroup(NamedTuple):
    """Commitments under a line that unfolds them, unless they have no `status` in common."""

    status: str | None
    word: str
    apart: str
    count: str
    open: bool
    commitments: list[ShownCommitment]


class ShownPerson(NamedTuple):
    """Who signed. `groups`: their commitments, none where these do not concern them; `entries`: all."""

    anchor: str
    name: str
    facts: Line
    mandates: str
    unbound: str
    groups: list[ShownGroup]
    entries: list[EntryText]


def people_of_sheet(view: View, place: cities.City, said: cities.Texts) -> list[ShownPerson]:
    """Everybody who signed, with each commitment and its entries."""
    entries = {seq: entry_text(view, entry) for seq, entry in said.entries.items()}
    groups = cities.groups(view, place)
    return [
        ShownPerson(
            anchor=f"signataire-{person.row.signatory_id}",
            name=person.row.name,
            facts=careers.facts(view, person.row),
            mandates=careers.mandates(view, person.row),
            unbound=careers.unbound(view, person.row, [one.row for one in person.commitments]),
            groups=[
                _group(view, group, said, entries)
                for group in groups.get(person.row.signatory_id, [])
            ],
            entries=[
                entries[seq] for one in person.commitments for seq in one.seqs if seq in entries
            ],
        )
        for person in place.people
    ]


def _group(
    view: View, group: cities.Group, said: cities.Texts, entries: dict[int, EntryText]
) -> ShownGroup:
    return ShownGroup(
        status=group.status,
        word=text(f"status.{group.status}", view.lang) if group.status else "",
        apart=group.apart,
        count=number(len(group.commitments), view.lang),
        open=group.open,
        commitments=[_commitment(view, one, said, entries) for one in group.commitments],
    )


def _commitment(
    view: View, one: cities.Commitment, said: cities.Texts, entries: dict[int, EntryText]
) -> ShownCommitment:
    row = one.row
    reply = said.replies.get(row.Index)
    shown = [seq for seq in one.seqs if seq in entries]
    hidden = row.said_by in shown[RECENT:]
    return ShownCommitment(
        anchor=commitment_anchor(row),
        text=commitment_text(view, row, said.entries.get(row.said_by)),
        reply=replies.reply_beside_status(view, reply, row.since) if reply else None,
        requests=said.requests[row.signatory_id].get(row.measure, []),
        said_by=entries[row.said_by] if hidden else None,
        entries=[entries[seq] for seq in shown if not (hidden and seq == row.said_by)],
    )
