"""The command line: `python -m monitor …`. Exit status 0 done, 1 refused with reasons, 2 usage."""

import signal
import socket
import subprocess
import sys
import time

import click
import pandas as pd

from monitor import __version__, areas, commands, indicators, intake, snapshot, status, tables
from monitor.cli.admin import backup, check, copy, restore, user
from monitor.cli.analysis import analysis
from monitor.cli.elected import elected
from monitor.cli.erase import erase
from monitor.cli.export import export
from monitor.cli.heads import accept_rewrite, confirm_clock
from monitor.cli.help import set_language
from monitor.cli.init import init
from monitor.cli.links import links
from monitor.cli.load import load
from monitor.cli.local_address import keep_address, wait_for_answer
from monitor.cli.new import new
from monitor.cli.options import Grouping, form_option, view_options
from monitor.cli.redact import redact
from monitor.cli.requests import request
from monitor.cli.retract import retract
from monitor.cli.sample import sample
from monitor.cli.terminal import (
    LANG,
    progress_bar,
    report_interruption,
    say,
    write_table,
)
from monitor.cli.usage import exit_with_error
from monitor.cli.wipe import wipe
from monitor.errors import InvalidValue, MonitorError
from monitor.export.licences import licence_in_words
from monitor.findings import RowError
from monitor.i18n import number, speakable_values
from monitor.models import GroupBy, RowOutcome
from monitor.program import PROJECT, working_folder
from monitor.store import open_store
from monitor.text_columns import keep_texts_in_python

#: A server that is killed sooner than this is not started again: it would only die again.
LEAST_SECONDS = 2


class Commands(click.Group):
    """Turns an error that a person can act on into one sentence and exit status 1; 2 where the command
    line itself is wrong."""

    def main(self, *arguments, standalone_mode=True, **how):
        if not standalone_mode:
            return super().main(*arguments, standalone_mode=False, **how)
        try:
            status = super().main(*arguments, standalone_mode=False, **how)
        except click.ClickException as error:
            exit_with_error(error)
        except click.Abort:
            say("error.stopped")
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)

    def invoke(self, ctx):
        try:
            return super().invoke(ctx)
        except MonitorError as error:
            say(f"error.{error.code}", **speakable_values(error.values, LANG))
            ctx.exit(1)
        except BrokenPipeError:
            sys.stdout = None
            ctx.exit(0)
        except OSError as error:  # most often the output: nothing more can be written to it
            sys.stdout = None
            why = error.strerror or error
            if error.filename:
                say("error.system_path", path=error.filename, why=why)
            else:
                say("error.system", why=why)
            ctx.exit(1)
        except KeyboardInterrupt:
            say("error.stopped")
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main():
    """Who has implemented which measures of the pact they signed, on what evidence, as of when."""
    keep_texts_in_python()


@main.command()
@click.option("--signatories", default=300, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--actions", type=click.IntRange(0, 20_000_000), help="By default ten per signatory.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
def demo(signatories, actions, seed):
    """Load a fictional pact of any size, with the id `demo`; the same seed gives the same facts."""
    store = open_store()
    expected = actions if actions is not None else 10 * signatories
    with progress_bar("cli.actions_written", expected) as progress, report_interruption():
        report = commands.load_demo(
            store,
            signatories=signatories,
            actions=actions,
            seed=seed,
            progress=lambda rows: progress(rows, rows),
        )
    say(
        "cli.demo_done",
        pact=report.pact_id,
        signatories=number(signatories, LANG),
        actions=number(report.outcomes[RowOutcome.CREATED], LANG),
    )


@main.command(name="status")
@view_options
@form_option
@click.option("--commune", help="Only this commune (its code).")
def show_status(pact_id, as_of, known_at, form, commune):
    """Where each commitment stands: one line per commitment."""
    table, view, known = _commitments(pact_id, as_of, known_at)
    if commune:
        table = _of_commune(table, commune, known)
    write_table(tables.published_status(table), "commitments", form, view)


@main.command(name="indicators")
@view_options
@form_option
@click.option(
    "--by",
    type=Grouping(),
    help=f"One of {', '.join(GroupBy)}; or two of them, with a comma between.",
)
def show_indicators(pact_id, as_of, known_at, form, by):
    """Coverage, rate and its bounds, overall or by group."""
    table, view, _ = _commitments(pact_id, as_of, known_at)
    table = tables.published_indicators(indicators.indicator_table(table, by), by)
    write_table(table, "indicators", form, view)
    if form != "json":
        say("cli.not_drawn")


@main.command()
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65_535))
def serve(port):
    """Run the app on 127.0.0.1; if it is killed, start it again."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise InvalidValue("port_taken", port=port, other=port + 1) from None
    address = f"http://127.0.0.1:{port}"
    keep_address(address)
    say("cli.starting", address=address)
    arguments = ["run", str(PROJECT / "dashboard.py"), f"--server.port={port}"]
    while True:
        began = time.monotonic()
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", *arguments], cwd=working_folder()
        )
        # Whoever ends this process ends the server, which would keep the port otherwise.
        signal.signal(signal.SIGTERM, lambda *_, child=server: child.terminate())
        try:
            if wait_for_answer(server, port):
                say("cli.serving", address=address)
            status = server.wait()
        except KeyboardInterrupt:
            status = server.wait()
        killed = status < 0 and -status not in (signal.SIGTERM, signal.SIGINT)
        if not killed or time.monotonic() - began < LEAST_SECONDS:
            sys.exit(status)
        say("cli.serving_again")


user.add_command(erase)
for command in (
    init,
    check,
    load,
    new,
    user,
    backup,
    restore,
    copy,
    elected,
    links,
    export,
    analysis,
    redact,
    retract,
    sample,
    request,
    accept_rewrite,
    confirm_clock,
    wipe,
):
    main.add_command(command)
set_language(main)


def _commitments(pact_id, as_of, known_at) -> tuple[pd.DataFrame, dict, pd.DataFrame]:
    """The commitments, what they are a view of, and the communes that the pact may name."""
    store = open_store()
    current = snapshot.Snapshots(store).current()
    log = current.log(pact_id)
    day = as_of or snapshot.default_day(log.pact, snapshot.log_today())
    view = {
        "pact": log.pact.id,
        "as_of": day.isoformat(),
        "known_at": known_at.isoformat() if known_at else None,
        "head": current.head,
        "licence": log.pact.licence or licence_in_words(None, LANG),
        "fictional": log.pact.fictional,
    }
    return status.fold(status.what_is_known(log, known_at), day), view, log.areas


def _of_commune(table: pd.DataFrame, value: str, known: pd.DataFrame) -> pd.DataFrame:
    """The commitments of a commune. Raises InvalidValue, with the code that may have been meant."""
    communes = intake.Communes(known, areas.retired_codes())
    code = communes.code_in_reference(value)
    if code is None:
        error = RowError(None, "", intake.displayable(value), *communes.explain_unknown(value))
        raise InvalidValue("not_a_commune", said=intake.error_sentence(error, LANG))
    found = table[table["commune"] == code]
    if found.empty:
        raise InvalidValue("no_signatory_there", value=code)
    return found
