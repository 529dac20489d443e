"""Sentences made from figures: the first line of a page answers its question."""

from collections.abc import Iterable

import numpy as np

from monitor.areas import with_department
from monitor.i18n import day, number, plural
from monitor.indicators import count_officials
from monitor.log import STATUSES
from monitor.models import Office, SignatoryKind, Status
from monitor.read import answers, careers, counts, filter_labels
from monitor.read.cache import per_view
from monitor.read.selection import View
from monitor.read.wording import signatory_wording
from monitor.shares import Share
from monitor.table_rows import PlacedRow
from monitor.ui.markdown import md
from monitor.ui.page_run import t


@per_view
def overview_sentence(view: View) -> str:
    """Who was elected, and what has become of what binds them on the day."""
    funnel = counts.count_funnel(view)
    if not funnel["signed"]:
        return nobody_in_words(view)
    if careers.is_before_election(view):
        return _before_election(view)
    first = _elected(view, funnel)
    bound = counts.count_binding(view).officials
    if not bound:
        return f"{first} {_nothing_binds(view)}"
    whom = view.plural(_whom(funnel, bound), bound)
    return f"{first} {_outcome(view, whom)}"


def _whom(funnel: dict[str, int], bound: int) -> str:
    """The message for those who are bound: a pronoun if they were spoken of last."""
    if funnel["unknown"] or funnel["elsewhere"] or funnel["defeated"]:
        return "count.officials"
    return "sentence.whom_all" if bound == funnel["elected"] else "sentence.whom"


def _nothing_binds(view: View) -> str:
    """That no commitment binds anybody, or none is known to, or none of those that the filters keep."""
    kept = view.of_every_status.filters and counts.count_binding(view.without_filters).officials
    key = "sentence.nothing_binds_here" if kept else "sentence.nothing_binds"
    if not kept and counts.count_funnel(view)["unknown"]:
        key = "sentence.nothing_known_to_bind"
    return t(key, day=day_of_view(view))


def _before_election(view: View) -> str:
    signed = counts.count_funnel(view)["signed"]
    key = "before_start" if counts.seeks_no_office(view) else "before_election"
    return view.plural(f"sentence.{key}", signed, day=day_of_view(view))


def nobody_in_words(view: View) -> str:
    """Why there is no signatory to speak of."""
    if view.known_at and view.everybody.empty:
        left_out = view.state.retracted_count
        return t("sentence.nobody_left_then" if left_out else "sentence.nobody_then")
    if view.everybody.empty:
        return t("sentence.nobody")
    if not view.without_filters.people["signed"].any():
        return t("sentence.nobody_yet", day=day_of_view(view))
    return t("sentence.nobody_here")


def _elected(view: View, funnel: dict[str, int]) -> str:
    """How many were elected, and how many were not, each once; who has no known result, and who is noted
    as elected with mandates in other offices only, are never among those who were not."""
    if counts.seeks_no_office(view):
        return view.plural("sentence.known", funnel["signed"])
    elsewhere = funnel["elsewhere"]
    others = view.plural("sentence.elsewhere", elsewhere) if elsewhere else ""
    if others and not funnel["elected"]:
        rest = (("defeated", funnel["defeated"]), ("results_unknown", funnel["unknown"]))
        return " ".join([others, *_counted(view, rest)])
    return f"{_of_the_others(view, funnel)} {others}".rstrip()


def _of_the_others(view: View, funnel: dict[str, int]) -> str:
    signed, elected, later, unknown = (
        funnel[name] for name in ("signed", "elected", "came_later", "unknown")
    )
    # Logs of before kept mayors where a pact named no office: of communes, for nothing says so of
    # other places.
    binds_mayors = view.pact.offices_said and view.pact.binding_offices == (Office.MAYOR,)
    mayors = binds_mayors and all(view.places("department")) and not view.state.wording["signers"]
    end, lang, kind = "elected_mayor" if mayors else "elected", view.lang, counts.kind_of_all(view)
    alike = {}
    if not unknown and kind and kind != SignatoryKind.PERSON:
        end, alike = "elected_alike", signatory_wording(kind, view.in_departments)
    if not elected and unknown == signed:
        return view.plural(f"sentence.unknown_{end}", signed)
    if not elected and unknown:
        none = view.text(f"sentence.not_known_{end}", signed=_n(signed, lang))
        return " ".join([none, *_of_the_rest(view, funnel, "of_them_defeated")])
    if not elected:
        return view.plural(f"sentence.none_{end}", signed, **alike)
    if signed == 1:
        return t("sentence.only_came_later") if later else t(f"sentence.only_{end}", **alike)
    every = "all_" if elected == signed and later in (0, elected) else ""
    if later == elected:
        sentence = view.plural(f"sentence.{every}came_later", later, signed=_n(signed, lang))
    else:
        chosen = {"signed": _n(signed, lang), **alike}
        sentence = view.plural(f"sentence.{every}{end}", elected - later, **chosen)
        sentence += f" {view.plural('sentence.others_came_later', later)}" if later else ""
    lost = "others_defeated_alike" if alike and later != elected else "others_defeated"
    return " ".join([sentence, *_of_the_rest(view, funnel, lost, **alike)])


def _of_the_rest(view: View, funnel: dict[str, int], lost: str, **alike) -> list[str]:
    """Of those who were not elected, as the message `lost` says it, and of those whose result nobody has
    noted: where somebody else is known to have been elected, and where nobody is."""
    elsewhere = funnel["other_elected"]
    found = (
        (lost, funnel["defeated"]),
        ("other_elected", elsewhere),
        ("result_unknown", funnel["unknown"] - elsewhere),
    )
    return _counted(view, found, **alike)


def _counted(view: View, found: Iterable[tuple[str, int]], **alike) -> list[str]:
    """A sentence for each message of those of whom there are any."""
    return [view.plural(f"sentence.{name}", count, **alike) for name, count in found if count]


def _outcome(view: View, whom: str, by: bool = False) -> str:
    """What binds, how much of it anybody has assessed, and only then what is implemented. `by`: and
    by how many officials."""
    found, lang = counts.count_binding(view), view.lang
    apart = found.not_applicable
    without = view.plural("sentence.without", apart) if apart else ""
    parts = [
        plural(
            "sentence.bind",
            found.due + apart,
            lang,
            day=day_of_view(view),
            whom=whom,
            without=without,
        )
    ]
    if partly := answers.count_partly_answered(view):
        parts.append(plural("sentence.partly_answered", partly, lang))
    unknown = found.due - found.assessed
    if not found.due:
        parts.append(t("sentence.all_apart"))
    elif not found.assessed:
        key = "sentence.none_assessed_other" if apart else "sentence.none_assessed"
        parts.append(plural(key, found.due, lang))
    else:
        parts.append(_assessed(view, found, by))
        if unknown:
            parts.append(view.plural("sentence.not_assessed", unknown))
    return " ".join(parts)


def _assessed(view: View, found: counts.Binding, by: bool) -> str:
    lang, coverage = view.lang, coverage_in_words(found.covered, view.lang)
    if found.assessed == 1:
        (status,) = (s for s, n in found.of.items() if n and s != Status.NOT_ASSESSED)
        key = "sentence.only_assessed" if found.due == 1 else "sentence.one_assessed"
        return t(key, coverage=coverage, status=t(f"status.{status}"))
    done, partly = found.of[Status.IMPLEMENTED], found.of[Status.PARTLY_IMPLEMENTED]
    states = [view.plural("sentence.is_implemented", done) if done else t("sentence.none_is")]
    if done and by and found.officials > 1:
        officials = view.plural("count.officials", found.doing)
        states = [t("sentence.by", states=states[0], officials=officials)]
    if partly:
        states.append(view.plural("sentence.partly", partly))
    states += _others(found.others, lang)
    return t(
        "sentence.assessed",
        n=_n(found.assessed, lang),
        coverage=coverage,
        states=t("sentence.comma").join(states),
    )


def _others(others: dict[Status, int], lang: str) -> list[str]:
    """One other status or two by their names; of more, the largest."""
    if len(others) <= 2:
        return [plural(f"sentence.other_{status}", n, lang) for status, n in others.items()]
    status, most = next(iter(others.items()))
    values = {"n": _n(sum(others.values()), lang), "most": _n(most, lang)}
    return [t("sentence.others", status=t(f"status.{status}"), **values)]


def coverage_in_words(share: Share, lang: str) -> str:
    """« sur 381 dus, couverture 69 % »; of too few, no percentage."""
    if not share.enough:
        return plural("sentence.coverage", share.base, lang)
    return plural("sentence.coverage_share", share.base, lang, share=share.percent(lang))


def rate_in_words(share: Share, lang: str) -> str:
    """« 21 % des évalués »; of too few, « 0 sur 2 évalués »."""
    if not share.enough:
        return plural("column.rate_counts", share.base, lang, rate=share.in_words(lang))
    return t("column.rate_of", rate=share.in_words(lang))


def linked_place(view: View, row: PlacedRow) -> str:
    """`place_in_words`, as a link to the city in the same view."""
    return f"[{place_in_words(row)}]({view.url('communes', commune=row.commune)})"


def place_in_words(row: PlacedRow) -> str:
    """« Paris (75) · Anne Hidalgo », safe inside markdown."""
    where = with_department(f"**{md(row.commune_name)}**", md(row.department_code))
    return f"{where} · {md(row.name)}"


def _n(value: int, lang: str) -> str:
    return number(value, lang)


def day_of_view(view: View) -> str:
    """« 5 juillet 2020 »: the day of the view."""
    return day(view.day, view.lang)


@per_view
def measures_sentence(view: View) -> str:
    """How many officials, how many of their commitments are assessed, and implemented; with a filter
    by status, how many have it first."""
    bound = counts.count_binding(view).officials
    if not counts.count_funnel(view)["signed"]:
        return nobody_in_words(view)
    if careers.is_before_election(view):
        return _before_election(view)
    if not bound:
        return _nothing_binds(view)
    outcome = _outcome(view, view.plural("count.officials", bound), by=True)
    word = filter_labels.standing_in_words(view)
    if not word:
        return outcome
    officials, commitments = counts.count_with_status(view)
    kept = view.plural("count.commitments", commitments)
    first = (
        view.plural("sentence.having", officials, status=word, commitments=kept)
        if officials
        else t("sentence.having_none", status=word)
    )
    return f"{first}\n\n{outcome}"


@per_view
def hidden_sentence(view: View, shown: int) -> str:
    """What the page leaves out: who is not bound, and what the filters hide of the commitments that
    bind; `shown` of them are there. "" if it is nothing, and before the vote: nothing binds anybody."""
    if careers.is_before_election(view):
        return ""
    counted, bound = view.of_every_status.commitments, view.of_every_status.bound
    unbound = count_officials(counted) - count_officials(bound)
    status = bound["status"].array.codes
    not_applicable = int(np.count_nonzero(status == STATUSES[Status.NOT_APPLICABLE]))
    filtered = int(view.everything["binding"].sum()) - shown
    uncounted = [
        t(f"sentence.uncounted_{what}", some=view.plural(f"count.{unit}", count))
        for what, unit, count in (
            ("unbound", "signatories", unbound),
            ("not_applicable", "commitments", not_applicable),
        )
        if count
    ]
    sentences = (
        [t("sentence.uncounted", some=t("sentence.semicolon").join(uncounted))] if uncounted else []
    )
    if filtered:
        sentences.append(
            t("sentence.filtered_out", some=view.plural("count.commitments", filtered))
        )
    return " ".join(sentences)


def data_limits(view: View) -> str:
    """What the data of this pact do not say, as a list."""
    own = "mouves-2014" if view.pact.id == "mouves-2014" else "any"
    if view.pact.fictional:
        own = "fictional"
    return t(f"limits.{own}")


def criterion_in_words(criterion: str | None) -> str:
    """By what a measure is said to be implemented, or that the pact does not say it."""
    return t("city.criterion", criterion=md(criterion)) if criterion else t("city.no_criterion")
