"""The rows of a file that waits, each with what it would do: what a reviewer must have read."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor import commands
from monitor.commands.files import ACCEPTED, FILE_KINDS, Version
from monitor.findings import Doubt
from monitor.intake.sources import site_of, source_key
from monitor.models import Kind, Status, UncountedReason, lowers_status
from monitor.queries import team as backlog
from monitor.queries.file_rows import (
    SourcedEntry,
    entries_beside_file,
    rows_of,
    sources_before,
)
from monitor.read import current_log
from monitor.read.cache import per_filter, per_head
from monitor.read.selection import View
from monitor.schema import COLUMNS, Values
from monitor.snapshot import Snapshot
from monitor.ui.team import detail, doubt_lists, preview

#: The line of the first row below the header of a table.
FIRST_LINE = 2


@dataclass(frozen=True)
class FileRow:
    """A row of a file. `values`: by the names of its columns; `old`: those of the version that counts
    now, None for what is new. `before`, `after`: the status of its commitment without it and with it,
    once the rows above it in the file are accepted: each row says what it moves itself, and all of them
    together do what the file does; "" where it is about none or nobody public. `follows`: the entry
    above it that last moved the same status. `moved`: how many commitments that bind its
    signatory change, of a row that is about a person. `repeats`: the entry that has the same
    commitment, day and source. `uncounted`: why it would move no status, by when it
    happened. `published`: what it says of somebody, or in their name, is published as it stands.
    `doubts`: what a load of the row would say of it by now. `absence`: why it would show
    nowhere. `overtaken`: the log has a later version of it, which would go on counting."""

    seq: int
    values: Mapping[str, str]
    old: Mapping[str, str] | None
    before: str = ""
    after: str = ""
    follows: int | None = None
    moved: int = 0
    repeats: int | None = None
    uncounted: UncountedReason | None = None
    new_source: bool = False
    published: bool = False
    doubts: tuple[Doubt, ...] = ()
    absence: commands.Absence | None = None
    overtaken: bool = False

    @property
    def changes(self) -> bool:
        """Whether a status, or a commitment that binds, changes with it."""
        return self.before != self.after or self.moved > 0

    @property
    def lowers(self) -> bool:
        """Whether the new status says less than the one before it."""
        return bool(self.before and self.after) and lowers_status(
            Status(self.before), Status(self.after)
        )

    @property
    def doubtful(self) -> bool:
        """Whether anything about it is odd: it repeats an entry, does not count, or a load doubts it."""
        odd = self.repeats is not None or self.uncounted is not None or self.absence is not None
        return odd or bool(self.doubts)

    @property
    def to_read(self) -> bool:
        """Whether it must be read one by one: it changes what is public of a person, or quotes one,
        replaces what a file said before, or repeats an entry. The others can be accepted together."""
        repeats = self.repeats is not None
        absent = self.absence is not None
        return self.changes or repeats or absent or self.published or self.old is not None

    @property
    def effect(self) -> str:
        """What its reader has read of it: who read another effect has not read this one."""
        return f"{self.before}>{self.after}"


@per_filter
def rows_of_file(
    view: View, file: backlog.File, other: backlog.File | None = None
) -> list[FileRow]:
    """Every row of a file that waits, in its order. `other`: the one that is decided of with it."""
    names = COLUMNS[file.content]
    brought = _brought(view.snapshot, file)
    given = [
        {name: value or "" for name, value in zip(names, values, strict=True)}
        for _, values in brought
    ]
    with current_log.store().looking() as database:
        versions = FILE_KINDS[file.content].versions(
            database, view.log.pact.id, [values for _, values in brought]
        )
        entries = entries_beside_file(database, file.seq) if file.content == "actions" else []
        absent = commands.absent_rows(database, view.log.pact.id, file.seq, file.content)
        new_sites = {site_of(one.get("source_url")) for one in given} - {""}
        for url in sources_before(database, view.log.pact.id, file.seq):
            new_sites.discard(site_of(url))
            if not new_sites:
                break
    doubts = file_doubts(view, file)
    found = []
    if file.content == "actions":
        effects = _of_actions(view, file, brought, entries)
    else:
        effects = _of_people(view, (file, other) if other else (file,), brought)
    for (seq, values), own, effect in zip(brought, given, effects, strict=True):
        history = versions.get(FILE_KINDS[file.content].key(values), ())
        before = [one for one in history if one.state == ACCEPTED and not one.redacted]
        old = dict(zip(names, before[-1].values, strict=True)) if before else None
        effect["overtaken"] = bool(before) and before[-1].rev > _own_rev(history, values)
        effect["new_source"] = site_of(own.get("source_url")) in new_sites
        effect["doubts"] = tuple(doubts.get(len(found) + FIRST_LINE, ()))
        found.append(FileRow(seq, own, old, **effect, absence=absent.get(seq)))
    return found


def _own_rev(history: Sequence[Version], values: Values) -> int:
    """Which version of its row one that waits is; the last where a court had its texts removed."""
    waiting = (one.rev for one in history if one.state != ACCEPTED and one.values == values)
    return max(waiting, default=max(one.rev for one in history))


def file_doubts(view: View, file: backlog.File) -> dict[int | None, list[Doubt]]:
    """What a load of the rows that wait would doubt, beside what the log says by now: by the line of a
    table, None for what is about the file as a whole. Whatever the day and the filters of the view."""
    return _doubts_of(view.snapshot, file)


@per_head
def _brought(_snapshot: Snapshot, file: backlog.File) -> list[tuple[int, Values]]:
    """`queries.file_rows.rows_of`, read once for all that is said of a file."""
    with current_log.store().looking() as database:
        return rows_of(database, file.seq, file.content)


@per_head
def _doubts_of(snapshot: Snapshot, file: backlog.File) -> dict[int | None, list[Doubt]]:
    brought = _brought(snapshot, file)
    table = io.StringIO()
    csv.writer(table).writerows([COLUMNS[file.content], *(values for _, values in brought)])
    with doubt_lists.reading_progress(len(brought)) as progress:
        report = commands.load(
            current_log.store(),
            file.content,
            io.BytesIO(table.getvalue().encode()),
            name=file.name,
            pact_id=file.pact_id,
            dry_run=True,
            newer=True,
            keeps_doubts=True,
            progress=progress,
        )
    found: dict[int | None, list[Doubt]] = {}
    for doubt in report.doubts:
        found.setdefault(doubt.row or doubt.line, []).append(doubt)
    return found


def _people_of(brought: list[tuple[int, Values]]) -> list[str]:
    return sorted({values.signatory_id for _, values in brought})


def _of_actions(
    view: View, file: backlog.File, brought: list[tuple[int, Values]], entries: list[SourcedEntry]
):
    """What each row of a file of actions does to its commitment, once the rows above it are accepted."""
    effects = preview.effects_of_rows(view, _people_of(brought), file.seq, file.seq + file.rows)
    of_seq = {
        one.seq: (
            one.commitment,
            one.first,
            one.happened_on,
            source_key(one.source_url, one.source_title),
        )
        for one in entries
    }
    same: dict[tuple, list[tuple[int, int]]] = {}
    for seq, (number, first, day, key) in of_seq.items():
        if key:
            same.setdefault((number, day, key), []).append((seq, first))
    assessed = {seq: values for seq, values in brought if values.kind == Kind.ASSESSMENT}
    facts = [(one.signatory_id, one.happened_on, one.status) for one in assessed.values()]
    recorded_on = date.fromisoformat(file.recorded_at[:10])
    whys = detail.reasons_uncounted(view, facts, recorded_on)
    uncounted = dict(zip(assessed, whys, strict=True))
    mover: dict[int, int] = {}
    for seq, values in brought:
        number, first, day, key = of_seq.get(seq, (-1, seq, "", ""))
        before, after = effects.get(seq, ("", ""))
        others = [at for at, its in same.get((number, day, key), ()) if at < seq and its != first]
        yield {
            "before": before,
            "after": after,
            "follows": mover.get(number),
            "repeats": others[0] if others else None,
            "uncounted": uncounted.get(seq),
            "published": values.kind == Kind.REPLY,
        }
        if before != after:
            mover[number] = seq


def _of_people(view: View, files: Sequence[backlog.File], brought: list[tuple[int, Values]]):
    """What each row of the first of some files about a person does to their commitments, where all are
    accepted; an area or a source has none."""
    moved: dict[str, int] = {}
    if "signatory_id" in COLUMNS[files[0].content]:
        people = _people_of(brought)
        first, last = min(one.seq for one in files), max(one.seq + one.rows for one in files)
        table = preview.effect_of_file(view, people, first, last)
        # What binds nobody, now or then, is in no figure.
        table = table[table["binds"] & (table["bound"] | (table["before"] != table["after"]))]
        owners = view.log.commitments["signatory_id"].reindex(table.index)
        moved = owners.value_counts().to_dict()
    for _, values in brought:
        yield {"moved": moved.get(values.signatory_id, 0) if moved else 0, "published": True}
