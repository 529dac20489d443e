"""The rows of a file in words, as its reviewer reads them."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

import pandas as pd

from monitor import intake
from monitor.commands.row_history import telling_key
from monitor.findings import Change
from monitor.i18n import partial_day, plural
from monitor.intake.people import is_derived_id
from monitor.models import Kind
from monitor.queries import team as backlog
from monitor.read.entry_text import entry_number, entry_status, own_lines
from monitor.read.labels import measure_title, status_label
from monitor.read.lines import Line, Topic
from monitor.read.selection import View
from monitor.schema import COLUMNS, KEYS
from monitor.table_rows import PersonRow
from monitor.ui.markdown import line_to_markdown, md
from monitor.ui.page_run import t
from monitor.ui.sentences import place_in_words
from monitor.ui.team.cells import describe_cell
from monitor.ui.team.detail import absence_in_words
from monitor.ui.team.file_rows import FileRow


def action_in_words(view: View, row: FileRow, who: PersonRow | None, target: int | None) -> str:
    """One row in words: where, which promise, what it says and does, on what evidence. `target`: the
    entry that it corrects or withdraws."""
    given = row.values
    where = place_in_words(who) if who is not None else md(given["signatory_id"])
    lines = [f"**{where} · {md(measure_title(view, given['measure']))}**"]
    if given["measure"] in view.titles:
        wording = view.measure(given["measure"]).wording
        lines.append(t("city.wording", wording=md(wording)))
    lines.append(_effect(view, row, who))
    entry = _as_entry(row, target)
    summary = f" — {md(entry.summary)}" if entry.summary else ""
    when, status = partial_day(entry.happened_on, view.lang), entry_status(view, entry)
    lines.append(f"{when} · {status}{summary}")
    own = list(own_lines(view, entry))
    lines += [line_to_markdown(view, line) + _about_source(row, line) for line in own]
    if not any(line.topic is Topic.SOURCE for line in own):
        lines.append(f"*{t('review.no_source')}*")
    if row.old is not None:
        changed = []
        for column, *cells in _differences(row):
            old, new = (md(intake.cell_in_words(column, cell, view.lang) or "–") for cell in cells)
            title = intake.title_of("actions", column, view.lang)
            changed.append(f"{title}{t('sentence.colon')}~~{old}~~ → {new}")
        lines.append(f"{t('review.corrects_row')} {' ; '.join(changed)}")
    if row.repeats is not None:
        lines.append(f":orange-badge[{t('review.repeats', seq=row.repeats)}]")
    if row.uncounted:
        lines.append(f":orange-badge[{t(f'review.row_{row.uncounted}')}]")
    lines += [f"*{md(intake.error_reason(one, view.lang, on_page=True))}*" for one in row.doubts]
    by = f" · {md(given['recorded_by'])}" if given["recorded_by"] else ""
    lines.append(f":small[{entry_number(row.seq, view.lang).text} · {md(given['action_id'])}{by}]")
    return "  \n".join(lines)


def _effect(view: View, row: FileRow, who) -> str:
    """The status of the commitment, without the row and with it, after which other row of the file."""
    if row.absence:
        absence = md(absence_in_words(view, row.absence))
        return f":red-badge[{t('review.row_absent')}] {absence}"
    if who is None:
        return t("review.nobody")
    before, after = (
        status_label(code, view.lang) if code else "–" for code in (row.before, row.after)
    )
    above = f" :small[{t('review.row_follows', seq=row.follows)}]" if row.follows else ""
    if before == after:
        return f"{before} · {t('review.row_keeps')}{above}"
    badge = f" :red-badge[{t('review.row_lowers')}]" if row.lowers else ""
    return f"**{before} → {after}**{badge}{above}"


def _as_entry(row: FileRow, target: int | None) -> SimpleNamespace:
    """A row as an entry of which nothing is known but what it says."""
    unchecked = dict.fromkeys(("link_status", "found_archive"))
    about = {"kind": row.values["kind"] or Kind.NOTE, "supersedes_seq": target}
    return SimpleNamespace(**{**row.values, **unchecked, **about})


def _about_source(row: FileRow, line: Line) -> str:
    """After its source, the address as it is written where that is another text, and that it is new."""
    if line.topic is not Topic.SOURCE:
        return ""
    given = row.values
    written = given["source_title"] not in ("", given["source_url"])
    parts = [md(given["source_url"])] if written and given["source_url"] else []
    parts += [f":blue-badge[{t('review.new_source')}]"] if row.new_source else []
    return "".join(f" · {part}" for part in parts)


def _differences(row: FileRow) -> list[tuple[str, str, str]]:
    before = {name: (row.old or {}).get(name) or "" for name in row.values}
    return [
        (name, before[name], value) for name, value in row.values.items() if before[name] != value
    ]


def corrections_in_words(file: backlog.File, every: Sequence[FileRow]) -> list[Change]:
    """The rows that correct the log, each with what differs."""
    return [
        Change(
            None,
            tuple((name, row.values[name]) for name in KEYS[file.content]),
            tuple(_differences(row)),
            telling_key(file.content, row.values),
        )
        for row in every
        if row.old is not None and not row.overtaken
    ]


def name_new_people(view: View, rows: Sequence[FileRow]) -> dict[str, str]:
    """Whom the rows of signatories bring whom the log has not yet: name and place, by their ids."""
    return {
        row.values[
            "signatory_id"
        ]: f"{name} ({describe_cell(view, 'commune', row.values['commune'])})"
        for row in rows
        if (name := row.values.get("name")) and "commune" in row.values
    }


def file_table(
    view: View, file: backlog.File, page: Sequence[FileRow], names: Mapping[str, str]
) -> pd.DataFrame:
    """Rows about people or places, with the names of communes; `names`: of signatories whom the log has
    not yet, by their ids, which are not shown where nobody wrote them. What is odd of each, and what it
    changes, stand before its cells: a phone shows the first columns alone."""
    of_people = "signatory_id" in COLUMNS[file.content]
    used = [name for name in COLUMNS[file.content] if any(row.values[name] for row in page)]
    if file.content == "signatories" and all(is_derived_id(r.values["signatory_id"]) for r in page):
        used.remove("signatory_id")
    doubted = any(row.doubts for row in page)
    lines = []
    for row in page:
        cells = [entry_number(row.seq, view.lang).text]
        if doubted:
            cells.append(
                " ".join(intake.error_reason(one, view.lang, on_page=True) for one in row.doubts)
            )
        if of_people:
            moved = plural("review.moved", row.moved, view.lang)
            cells.append(absence_in_words(view, row.absence) if row.absence else moved)
        told = {name: names.get(row.values[name]) for name in ("signatory_id",) if name in used}
        cells += [told.get(name) or describe_cell(view, name, row.values[name]) for name in used]
        lines.append(cells)
    heads = [t("review.row")]
    heads += [t("review.doubts_column")] * doubted
    heads += [t("review.effect_column")] * of_people
    heads += [intake.title_of(file.content, name, view.lang) for name in used]
    return pd.DataFrame(lines, columns=heads)
