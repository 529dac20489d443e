"""The commands of a random sample: plan it, record the dice, check the draw, see what came of it."""

import json

import click
import pandas as pd

from monitor import intake, snapshot
from monitor.cli.days import Day
from monitor.cli.options import FORMATS, pact_to_write
from monitor.cli.terminal import LANG, combine_options, print_rows, say, tell_refused_cells
from monitor.commands.samples import abandon_plan, plan_sample, record_seed
from monitor.errors import InvalidValue, MonitorError
from monitor.i18n import percent, plural, text
from monitor.read.pact_state import PactState
from monitor.read.sample import draft_plan, sample_plans, sample_round
from monitor.read.sample_tables import (
    change_table,
    differences,
    official_table,
    plan_named,
    plan_table,
    universe_text,
)
from monitor.read.sample_words import margin_in_words, points_in_words
from monitor.samples import EVIDENCE, STRATA, SampleDraft, SamplePlan
from monitor.snapshot import log_today
from monitor.store import Store, open_store

_pact_option = click.option("--pact", "pact_id", help="The pact; required if there are several.")
_form_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True
)
_plan = combine_options(click.argument("plan_id", metavar="PLAN"), _pact_option)


@click.group()
def sample():
    """Draw officials at random, by public dice, so that a few of them speak for all."""


@sample.command()
@_pact_option
@click.option("--as-of", type=Day(log_today), help="The day asked about; by default as `status`.")
@click.option("--officials", default=60, show_default=True, help="How many to draw.")
@click.option(
    "--fresh",
    "fresh_days",
    default=365,
    show_default=True,
    type=click.IntRange(0, 36_500),
    help="What was read within so many days before, or is final, is taken whole and not drawn.",
)
@click.option("--strata", type=click.Choice(STRATA), default="size", show_default=True)
@click.option("--double", "double_share", default=0.2, show_default=True, help="Rated twice.")
@click.option(
    "--evidence",
    type=click.Choice(EVIDENCE),
    default="own",
    show_default=True,
    help="What the second of two people judges: what they find, or what the first kept.",
)
@click.option("--dice", required=True, help="Which public draw, still to come, gives the numbers.")
@click.option("--dry-run", is_flag=True, help="Show how many would be drawn, write nothing.")
@_form_option
def plan(
    pact_id, as_of, officials, fresh_days, strata, double_share, evidence, dice, dry_run, form
):
    """Record a plan in the log, before its dice are thrown."""
    store = open_store()
    state = _state(store, pact_id)
    day = as_of or snapshot.default_day(state.pact, log_today())
    draft = draft_plan(state, day, officials, dice, fresh_days, strata, double_share, evidence)
    with tell_refused_cells():
        name = None if dry_run else plan_sample(store, None, draft)
    _print_strata(draft, form)
    if margin := margin_in_words(draft, LANG):
        click.echo(margin, err=True)
    if name is None:
        say("cli.sample_dry_run", n=draft.drawn)
    else:
        say("cli.sample_planned", plan=name, pact=state.pact_id, dice=dice, head=draft.head)


@sample.command()
@_plan
@click.argument("numbers", nargs=-1, required=True)
@_form_option
def seed(plan_id, numbers, pact_id, form):
    """Record the NUMBERS that the dice of a plan gave, as they were published: they draw the sample."""
    store = open_store()
    state = _state(store, pact_id)
    record_seed(store, None, state.pact_id, plan_id, " ".join(numbers))
    state = _state(store, state.pact_id)
    drawn = plan_named(state, plan_id)
    _print_officials(state, drawn, form)
    say("cli.sample_drawn", plan=plan_id, n=drawn.drawn, seed=drawn.seed)


@sample.command()
@_plan
@click.option("--reason", required=True, help="Kept in the log, and shown.")
def abandon(plan_id, pact_id, reason):
    """Give a plan up. It stays in the log, and pages count it."""
    store = open_store()
    pact_id = pact_id or pact_to_write(store)
    with tell_refused_cells():
        abandon_plan(store, None, pact_id, plan_id, reason)
    say("cli.sample_abandoned", plan=plan_id, pact=pact_id)


@sample.command()
@_plan
def verify(plan_id, pact_id):
    """Read again what a plan was drawn up from, and say whether all agrees."""
    state = _state(open_store(), pact_id)
    found = plan_named(state, plan_id)
    if wrong := differences(state, found):
        raise MonitorError("sample_differs", plan=plan_id, what=", ".join(wrong), head=found.head)
    say("cli.sample_agrees", plan=plan_id, head=found.head, digest=found.universe)
    if found.seed is None:
        say("cli.sample_undrawn", plan=plan_id, dice=found.dice or "–")
    else:
        say("cli.sample_drawn", plan=plan_id, n=found.drawn, seed=found.seed)


@sample.command()
@_plan
def universe(plan_id, pact_id):
    """Print what a plan was drawn up from: its SHA-256 is in the plan."""
    state = _state(open_store(), pact_id)
    click.echo(universe_text(state, plan_named(state, plan_id)), nl=False)


@sample.command()
@click.argument("plan_id", metavar="[PLAN]", required=False)
@_pact_option
@_form_option
def status(plan_id, pact_id, form):
    """Show whom a plan draws, who has an answer, and the estimate; without PLAN, of the last one."""
    state = _state(open_store(), pact_id)
    found = plan_named(state, plan_id)
    if form == "json":
        click.echo(json.dumps(_as_json(state, found), ensure_ascii=False, indent=2))
        return
    _print_officials(state, found, form)
    plans = sample_plans(state)
    given_up = sum(each.abandoned for each in plans)
    say(
        "cli.sample_plans",
        plans=plural("cli.sample_plan_count", len(plans), LANG),
        given_up=plural("cli.sample_given_up", given_up, LANG),
    )
    for sentence in _sentences(state, found):
        click.echo(intake.displayable(sentence), err=True)


@sample.command()
@click.argument("plans", metavar="[BEFORE AFTER]", nargs=-1)
@_pact_option
@_form_option
def compare(plans, pact_id, form):
    """Say by how much the share moved from one sample to another; without plans, between the last two
    that can be compared."""
    if len(plans) not in (0, 2):
        raise click.UsageError(text("cli.sample_two_plans", LANG))
    state = _state(open_store(), pact_id)
    found = [plan_named(state, each) for each in plans] or sample_plans(state)
    table = change_table(state, found)[-1:]
    if not len(table):
        named = ", ".join(each.plan_id for each in found)
        raise InvalidValue("sample_not_compared", plans=named or "–")
    _print(table, form)
    (row,) = table.to_dict("records")
    moved = {name: points_in_words(row[name], LANG) for name in ("least", "most", "low", "high")}
    say("cli.sample_change", before=row["since_plan"], after=row["plan_id"], **moved)


def _state(store: Store, pact_id: str | None) -> PactState:
    current = snapshot.Snapshots(store).current()
    return PactState(current, current.log(pact_id or pact_to_write(store)).pact.id)


def _print_strata(draft: SampleDraft, form: str) -> None:
    rows = [(one.code, one.officials, one.commitments, one.drawn) for one in draft.allocation]
    columns = ["stratum", "officials", "commitments", "drawn"]
    _print(pd.DataFrame(rows, columns=columns), form)


def _print_officials(state: PactState, found: SamplePlan, form: str) -> None:
    _print(official_table(state, [found]), form)


def _print(table: pd.DataFrame, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(table.to_dict("records"), ensure_ascii=False, indent=2))
    elif len(table):
        print_rows(table, form)


def _sentences(state: PactState, found: SamplePlan) -> list[str]:
    """How far the sample is, and what it says."""
    if found.abandoned:
        why = found.abandoned_reason or "–"
        return [text("cli.sample_of_abandoned", LANG, plan=found.plan_id, why=why)]
    if found.seed is None:
        return [text("cli.sample_undrawn", LANG, plan=found.plan_id, dice=found.dice or "–")]
    measured = sample_round(state, found)
    sentences = [
        text(
            "cli.sample_progress",
            LANG,
            plan=found.plan_id,
            answered=measured.answered,
            n=len(measured.asked),
        )
    ]
    estimate = measured.estimate
    least, most = estimate.least.value, estimate.most.value
    low, high = estimate.interval
    key = "cli.sample_estimate" if measured.is_enough else "cli.sample_bounds"
    values = {"least": least, "most": most, "low": low, "high": high}
    shares = {name: percent(value, LANG, 1) for name, value in values.items()}
    return [*sentences, text(key, LANG, **shares)]


def _as_json(state: PactState, found: SamplePlan) -> dict:
    """A plan and what is known of its sample, for programs."""
    (about,) = plan_table([found]).to_dict("records")
    rows = official_table(state, [found]).drop(columns="plan_id")
    result = {"pact": state.pact_id, "head": state.snapshot.head, "plan": about}
    if found.seed is not None:
        measured = sample_round(state, found)
        estimate = measured.estimate
        low, high = (round(limit, 4) for limit in estimate.interval)
        result |= {
            "drawn": len(measured.officials),
            "asked": len(measured.asked),
            "answered": measured.answered,
            "enough": measured.is_enough,
            "implemented_least": round(estimate.least.value, 4),
            "implemented_most": round(estimate.most.value, 4),
            "low": low if measured.is_enough else None,
            "high": high if measured.is_enough else None,
        }
    return result | {"rows": rows.to_dict("records")}
