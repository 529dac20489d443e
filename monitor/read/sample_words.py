"""What a sample says, in words, and how anybody draws it again."""

from dataclasses import replace

import numpy as np

from monitor.analysis.sampling import expected_margin
from monitor.i18n import day, number, text
from monitor.read import chart_data
from monitor.read.cache import per_state, per_view
from monitor.read.pact_state import PactState
from monitor.read.sample import (
    ENOUGH,
    current_plan,
    drawn_officials,
    is_current,
    plan_at,
    sample_plans,
    sample_round,
)
from monitor.read.sample_change import are_comparable, change_between
from monitor.read.sample_universe import ALL, FRESH
from monitor.read.selection import View
from monitor.samples import SampleDraft, SamplePlan
from monitor.shares import exact_percent, is_enough

#: How much of what a plan draws for may be implemented, when its margin is not known yet.
LITTLE, HALF = 1 / 8, 1 / 2
#: Shares that differ by less are the same.
TINY = 1e-6


def bounds_without_sample(view: View) -> tuple[tuple[float, float] | None, float | None]:
    """(the bounds of what is known on the day of the current plan, the rate of what is assessed): None
    where there is nothing due, or where too few are assessed for a rate."""
    plan = current_plan(view.state)
    if plan is None:
        return None, None
    row = chart_data.total_indicators(replace(view.without_filters, day=plan.as_of))
    if not row.due:
        return None, None
    enough = is_enough(row.assessed, row.officials_assessed)
    return (row.rate_low, row.rate_high), row.rate if enough else None


@per_view
def sample_in_words(view: View) -> str:
    """What the current sample says of all that was due on its day; "" without one."""
    plan = current_plan(view.state)
    if plan is None:
        return ""
    found, lang = sample_round(view.state, plan), view.lang
    low, high = (exact_percent(each, lang, 1) for each in found.estimate.interval)
    ends = found.estimate.least, found.estimate.most
    shares = [exact_percent(each.value, lang, 1) for each in ends]
    drawn, asked = len(found.officials), len(found.asked)
    values = {
        "day": day(plan.as_of, lang),
        "low": low,
        "high": high,
        "drawn": number(drawn, lang),
        "officials": number(sum(one.officials for one in plan.allocation), lang),
        "answered": number(found.answered, lang),
        "needed": number(int(np.ceil(ENOUGH * asked)), lang),
    }
    if not asked:
        return view.text("sample.words_nobody", **values)
    if not found.is_enough:
        key, known = "sample.words_bounds", bounds_without_sample(view)[0]
        interval = found.estimate.interval
        if known and interval[0] - TINY <= known[0] and known[1] <= interval[1] + TINY:
            # What is known without it says more, and is what the chart shows.
            key = "sample.words_known"
            values["low"] = exact_percent(known[0], lang, 1, "low")
            values["high"] = exact_percent(known[1], lang, 1, "high")
        sentences = [view.text(key, due=number(asked, lang), **values)]
    else:
        every = "all_" if drawn == sum(one.officials for one in plan.allocation) else ""
        if shares[0] == shares[1]:
            sentences = [view.text(f"sample.words_{every}point", share=shares[0], **values)]
        else:
            ends = {"least": shares[0], "most": shares[1]}
            sentences = [view.text(f"sample.words_{every}range", **ends, **values)]
        if whole := found.whole.cases:
            sentences.append(view.plural("sample.words_whole", whole))
    if gone := drawn - asked:
        sentences.append(view.plural("sample.words_gone", gone))
    return " ".join(sentences)


@per_view
def change_in_words(view: View) -> str:
    """By how much the share moved between the last two rounds that are answered for; "" without two."""
    rounds = [
        plan
        for plan in sample_plans(view.state)
        if is_current(plan) and sample_round(view.state, plan).is_enough
    ][-2:]
    if len(rounds) < 2 or not are_comparable(view.state, *rounds):
        return ""
    found, lang = change_between(view.state, *rounds), view.lang
    least, most, low, high = (
        points_in_words(each, lang) for each in (found.least, found.most, found.low, found.high)
    )
    way = "up" if found.low > 0 else "down" if found.high < 0 else "unsure"
    moved = "sample.moved_point" if least == most else "sample.moved_range"
    return view.text(
        f"sample.change_{way}",
        before=day(rounds[0].as_of, lang),
        after=day(rounds[1].as_of, lang),
        moved=view.text(moved, least=least, most=most),
        low=low,
        high=high,
    )


def points_in_words(share: float, lang: str) -> str:
    """« +3,1 », « −0,4 »: a difference of two shares, in points."""
    written = number(abs(100 * share), lang, 1)
    if not any(digit in written for digit in "123456789"):
        return written
    return ("−" if share < 0 else "+") + written


def margin_in_words(plan: SampleDraft, lang: str) -> str:
    """Which margin to expect of a plan, if little or half of what it draws for is implemented; "" where
    nothing is left to chance."""
    strata = [(one.officials, one.commitments, one.drawn) for one in plan.allocation]
    few, half = (expected_margin(strata, plan.take_all[1], share) for share in (LITTLE, HALF))
    if not few > 0:
        return ""
    points = {"few": number(100 * few, lang, 1), "half": number(100 * half, lang, 1)}
    return text("sampling.margin", lang, **points)


def plans_in_words(view: View) -> str:
    """How many plans there are, and how many were given up."""
    plans = sample_plans(view.state)
    given_up = sum(plan.abandoned for plan in plans)
    words = view.plural("sample.plans", len(plans))
    return f"{words}, {view.plural('sample.plans_ended', given_up)}" if given_up else words


def stratum_in_words(view: View, code: str) -> str:
    """The name of a stratum, or of what is taken whole."""
    if code == FRESH:
        return view.text("sample.whole")
    return view.text("sample.all") if code == ALL else view.text(f"size.{code}")


@per_state
def published_lines(state: PactState, plan: SamplePlan) -> tuple[list[str], int]:
    """(the lines of the universe of a plan that may be read, how many are about somebody who was taken
    back since)."""
    public = set(state.known.signatories["signatory_id"].tolist())
    lines = plan_at(plan, state).lines
    kept = [line for line in lines if line.split("\t")[1] in public]
    return kept, len(lines) - len(kept)


def lines_name(plan: SamplePlan) -> str:
    """What the file of these lines is called."""
    return f"{plan.pact_id}-sample-{plan.plan_id}.tsv"


def redraw_recipe(state: PactState, plan: SamplePlan) -> str:
    """The commands that check the file of a plan and draw its sample again, in any shell. The place of
    somebody drawn who was taken back since stays empty: nobody else comes in."""
    file = lines_name(plan)
    public = set(state.known.signatories["signatory_id"].tolist())
    drawn = drawn_officials(state, plan)
    counts = {code: len(public.intersection(ids)) for code, ids in drawn.items()}
    strata = "\n".join(f"{code} {count}" for code, count in counts.items() if count)
    return f"""sha256sum '{file}'   # {plan.universe}
while read -r stratum n; do
  awk -F '\\t' -v s="$stratum" '$1 == s {{print $2}}' '{file}' | LC_ALL=C sort -u |
  while IFS= read -r id; do
    printf '%s %s\\n' "$(printf '%s' '{plan.seed}:'"$id" | sha256sum | cut -d ' ' -f 1)" "$id"
  done | LC_ALL=C sort | head -n "$n" | cut -d ' ' -f 2-
done <<'END'
{strata}
END"""
