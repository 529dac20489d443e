"""The command that finds the signatories in a register of mayors: who was elected, from when to when."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import click
import pandas as pd

from monitor import intake, snapshot, status, tables
from monitor.cli import paths
from monitor.cli.days import Day, day_on_earth
from monitor.cli.options import FORMATS
from monitor.cli.terminal import LANG, print_rows, print_sentence, say
from monitor.errors import InvalidValue
from monitor.i18n import join_first, plural, text
from monitor.intake.unreadable import Unreadable
from monitor.matching.matches import Proposal, propose_matches
from monitor.matching.name_levels import Level
from monitor.matching.register import SOURCE, Register, day_in_name, read_register
from monitor.matching.scope import list_matchable, names_outside
from monitor.matching.sorting import ProposalGroup, sort_proposals
from monitor.matching.tables import (
    certain_rows,
    loadable_mandates,
    loadable_signatories,
    proposal_table,
    register_table,
)
from monitor.queries.matches import read_judgements
from monitor.store import open_store

SHOWN = 5


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--state",
    "days",
    multiple=True,
    type=Day(day_on_earth),
    metavar="DAY",
    help="The day that a FILE is about (2026-06-01), once for each FILE, unless their names say it.",
)
@click.option("--pact", "pact_id", help="By default the pact with the latest election.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write what is certain here, as files to load.",
)
@click.option(
    "--extract",
    "extracts",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the lines of the pact's communes here: small files for the Matching page.",
)
@click.option("--source-url", default=SOURCE, show_default=True, help="The source of the mandates.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table")
def elected(files, days, pact_id, folder, extracts, source_url, form):
    """Look for the signatories in FILES of the register of mayors, one for each day.

    Each is a CSV file or a workbook, as the ministry of the Interior publishes it: at least the code of
    the commune, the family name and the first name. `-` reads stdin.

    Proposes who was elected and from when to when, and writes nothing to the log. With --to, what is
    certain is written as files to load.
    """
    if days and len(days) != len(files):
        raise click.UsageError(text("usage.state_of_each", LANG))
    store = open_store()
    current = snapshot.Snapshots(store).current()
    log = current.log(pact_id)
    roll = status.what_is_known(log)
    names = list_matchable(log.pact, roll.signatories, roll.own_areas)
    communes = {one.commune for one in names}
    registers = [
        _register(file, day, communes)
        for file, day in zip(files, days or [day_in_name(file.name) for file in files], strict=True)
    ]
    with store.reading() as session:
        judgements = read_judgements(session, log.pact.id)
    proposals = propose_matches(
        names, registers, log.pact.election_on, log.pact.term_end, judgements
    )
    table = proposal_table(proposals, roll.signatories, roll.mandates)
    if form == "json":
        click.echo(table.to_json(orient="records", indent=2))
    else:
        print_rows(table, form)
    for level in Level:
        if count := sum(one.level is level for one in proposals):
            click.echo(plural(f"matching.{level}", count, LANG), err=True)
    if outside := names_outside(roll.signatories, names):
        named = join_first(outside, SHOWN)
        click.echo(plural("match.outside", len(outside), LANG, names=named), err=True)
    say("cli.elected_nothing_written")
    if extracts:
        _write_extracts(extracts, registers)
    if folder:
        _write_certain(folder, proposals, table, source_url, log.pact.id)


def _register(file: Path, day: date | None, communes: Collection[str]) -> Register:
    if day is None:
        raise InvalidValue("register_day", file=file.name)
    try:
        with paths.open_source(file) as source:
            register = read_register(source, file.name, day, communes)
    except Unreadable as problem:
        sentence = intake.error_sentence(problem.error, LANG)
        raise InvalidValue("register_unreadable", file=file.name, said=sentence) from None
    for fault in register.faults[:SHOWN]:
        say(f"register_fault.{fault.code}", file=file.name, line=fault.line, value=fault.value)
    if (more := len(register.faults) - SHOWN) > 0:
        click.echo(plural("register_fault.more", more, LANG, file=file.name), err=True)
    return register


def _write_extracts(folder: Path, registers: Sequence[Register]) -> None:
    rows = {f"maires_{one.day}": register_table(one) for one in registers}
    for path in _write_files(folder, rows).values():
        say("cli.elected_extract", file=path)


def _write_certain(
    folder: Path, proposals: Sequence[Proposal], table: pd.DataFrame, source_url: str, pact_id: str
) -> None:
    """Files of what is certain; but of a name that the register writes otherwise, where nobody has said
    that it is the same person, the sentence that it is left."""
    groups = sort_proposals(proposals, table, ())
    asked = {one.signatory.id: one.signatory.name for one in groups[ProposalGroup.ONE_BY_ONE]}
    certain = certain_rows(table)
    names = [asked[one] for one in pd.unique(certain["signatory_id"]) if one in asked]
    certain = certain[~certain["signatory_id"].isin([*asked])]
    if names:
        named = join_first(names, SHOWN)
        print_sentence(plural("cli.elected_named_otherwise", len(names), LANG, names=named))
    made = {
        "signatories": loadable_signatories(certain),
        "mandates": loadable_mandates(certain, source_url),
    }
    contents = {content: rows for content, rows in made.items() if len(rows)}
    if not contents:
        say("cli.elected_none_certain")
    for content, path in _write_files(folder, contents).items():
        command = f"python -m monitor load {content} {path} --pact {pact_id}"
        count = len(contents[content])
        print_sentence(plural("cli.elected_written", count, LANG, file=path, command=command))


def _write_files(folder: Path, contents: Mapping[str, pd.DataFrame]) -> dict[str, Path]:
    """A new CSV file of each table in the folder, by name."""
    files = {name: folder / f"{name}.csv" for name in contents}
    for path in files.values():
        if path.exists():
            raise InvalidValue("file_exists", path=str(path))
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in files.items():
        with paths.open_path(path, "x", encoding="utf-8", newline="") as file:
            file.write(tables.to_csv(contents[name]))
    return files
