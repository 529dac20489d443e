"""The commands that vouch for the log: noted heads, a rewriting, the clock."""

from contextlib import suppress
from pathlib import Path

import click

from monitor import commands, intake
from monitor.cli import paths
from monitor.cli.days import Day
from monitor.cli.terminal import LANG, say
from monitor.errors import InvalidValue, MonitorError
from monitor.i18n import number, partial_day, plural
from monitor.store import Store, open_store
from monitor.store.heads import ListedHeads, read_heads
from monitor.store.remembered_heads import memory_of

#: So many lines that cannot be read, and so many heads that are missing, are named.
NAMED = 5


@click.command(name="accept-rewrite")
@click.option(
    "--reason", required=True, help="Why the log holds less, or other entries. Published."
)
def accept_rewrite(reason):
    """Let the server show a log that lacks heads it has already shown."""
    lost = commands.accept_rewriting(open_store(), reason)
    click.echo(plural("cli.rewriting_accepted", len(lost), LANG, seq=lost[0].seq), err=True)


@click.command(name="confirm-clock")
@click.argument("day", metavar="TODAY", type=Day())
def confirm_clock(day):
    """Confirm that today is TODAY (YYYY-MM-DD), to write again after a long silence."""
    head = commands.confirm_clock(open_store(), day)
    say("cli.clock_confirmed", day=partial_day(head.day, LANG))


def tell_lost_heads(store: Store) -> None:
    """Say it when the database at hand lacks a head that this machine has shown: the server will."""
    with suppress(OSError):
        if lost := commands.compare_heads(store, memory_of(store).heads()).lost:
            say("error.log_rewritten", seq=lost[0].seq, hash=lost[0].hash)


def prove_heads(store: Store, file: Path) -> None:
    """Say whether every head of a file lies in the chain. Raises MonitorError when one does not, or when
    a line of the file is none."""
    name = paths.name_of(file)
    listed = read_heads(_text(file))
    for line, words in listed.wrong[:NAMED]:
        say("cli.not_a_head", line=line, value=intake.displayable(words[:80]))
    if not listed.heads:
        raise InvalidValue("no_heads", path=name)
    proof = commands.compare_heads(store, list(listed.heads.values()))
    lines = {head: line for line, head in reversed(listed.heads.items())}
    for head in proof.lost[:NAMED]:
        past = "beyond" if head.seq > proof.entries else "differs"
        say(
            f"cli.head_{past}",
            line=lines[head],
            seq=head.seq,
            head=f"{head.seq}:{head.hash}",
            entries=number(proof.entries, LANG),
        )
    if proof.lost:
        _tell_rewritings(store)
        raise _broken(name, proof)
    _said_of(name, listed, proof)


def _said_of(name: str, listed: ListedHeads, proof: commands.Proof) -> None:
    days = sorted(head.day for head in proof.heads if head.day)
    click.echo(
        plural(
            "cli.heads_in_chain",
            len(proof.heads),
            LANG,
            file=name,
            first=partial_day(days[0], LANG) if days else "–",
            last=partial_day(days[-1], LANG) if days else "–",
        )
    )
    if listed.wrong:
        raise MonitorError("heads_unread", n=len(listed.wrong), file=name)


def _tell_rewritings(store: Store) -> None:
    """What the operator has said of a log that lacks heads which were given out."""
    with store.reading() as session:
        rewritings = session.rows("SELECT accepted_at, seq, reason FROM rewriting ORDER BY id")
    for at, seq, reason in rewritings:
        say("cli.rewriting_said", day=partial_day(at[:10], LANG), seq=seq, reason=reason)


def _broken(name: str, proof: commands.Proof) -> MonitorError:
    """What the heads that are missing mean, taken together."""
    values = {"file": name, "lost": len(proof.lost), "n": len(proof.heads)}
    if proof.beyond:
        return MonitorError("heads_beyond", entries=proof.entries, **values)
    if proof.latest and proof.latest.seq >= proof.lost[0].seq:
        return MonitorError("heads_of_two", last=proof.latest.seq, **values)
    if proof.common is None:
        return MonitorError("heads_of_another", **values)
    return MonitorError(
        "heads_not_in_chain", common=proof.common.seq, first=proof.lost[0].seq, **values
    )


def _text(file: Path) -> str:
    try:
        with paths.open_source(file) as source:
            data = source.read(50 * 2**20)
    except OSError as error:
        raise InvalidValue("file_unreadable", path=str(file), why=error.strerror) from None
    return _decoded(data).replace("\0", "")


def _decoded(data: bytes) -> str:
    marks = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    return data.decode(marks.get(data[:2], "utf-8-sig"), "replace")
