"""Sentences made from figures: the first line of a page answers its question."""

from monitor.i18n import day, number, plural
from monitor.models import Office, Status
from monitor.ui.view import t
from monitor.ui.words import md
from monitor.views.kept import per_view
from monitor.views.view import View


def overview(view: View, funnel: dict[str, int]) -> str:
    """Who was elected, and what has become of what binds them on the day."""
    lang = view.lang
    mayors = tuple(view.pact.binding_offices) == (Office.MAYOR,)
    key = "sentence.elected_mayor" if mayors else "sentence.elected"
    first = plural(key, funnel["elected"], lang, signed=_n(funnel["signed"], lang))
    on = day(view.day, lang)
    if not funnel["due"]:
        return f"{first} {t('sentence.nothing_binds', day=on)}"
    if funnel["implemented"]:
        second = plural("sentence.implemented", funnel["implemented"], lang, day=on,
                        due=_n(funnel["due"], lang))  # fmt: skip
    else:
        second = plural("sentence.none_implemented", funnel["due"], lang, day=on)
    parts = [second]
    others = funnel["assessed"] - funnel["implemented"] - funnel["partly"]
    if funnel["partly"]:
        parts.append(plural("sentence.partly", funnel["partly"], lang))
    if others:
        parts.append(plural("sentence.other", others, lang))
    if unknown := funnel["due"] - funnel["assessed"]:
        parts.append(plural("sentence.not_assessed", unknown, lang))
    return f"{first} {t('sentence.separator').join(parts)}."


def funnel_lines(view: View, funnel: dict[str, int]) -> tuple[str, str]:
    """The two lines of the funnel, each with its unit."""
    values = {name: f"**{_n(value, view.lang)}**" for name, value in funnel.items()}
    return t("funnel.people", **values), t("funnel.commitments", **values)


def linked_place(view: View, row) -> str:
    """`place`, as a link to the city in the same view."""
    return f"[{place(row)}]({view.url('communes', commune=row.commune)})"


def place(row) -> str:
    """« Paris (75) · Anne Hidalgo », safe inside markdown."""
    return f"**{md(row.commune_name)}** ({md(row.department_code)}) · {md(row.name)}"


def _n(value: int, lang: str) -> str:
    return number(value, lang)


def on(view: View) -> str:
    """« 5 juillet 2020 »: the day of the view."""
    return day(view.day, view.lang)


@per_view
def measures(view: View) -> str:
    """How many officials, and how many of their commitments are implemented."""
    bound = view.without("statut").bound
    due = bound[bound["status"] != Status.NOT_APPLICABLE]
    done = due[due["status"] == Status.IMPLEMENTED]
    officials = plural("count.officials", due["signatory_id"].nunique(), view.lang)
    first = plural("sentence.bind", len(due), view.lang, officials=officials, day=on(view))
    if done.empty:
        return f"{first}{t('sentence.separator')}{t('sentence.none_done')}"
    having = plural("count.officials", done["signatory_id"].nunique(), view.lang)
    second = plural("sentence.done", len(done), view.lang, officials=having)
    return f"{first}{t('sentence.separator')}{second}"


@per_view
def hidden(view: View, shown: int) -> str:
    """What the page leaves out: who is not bound, and what the filters hide of the commitments that
    bind; `shown` of them are there."""
    counted, bound = view.without("statut").commitments, view.without("statut").bound
    unbound = counted["signatory_id"].nunique() - bound["signatory_id"].nunique()
    not_applicable = int((bound["status"] == Status.NOT_APPLICABLE).sum())
    filtered = len(view.everything) - len(counted) + len(bound) - shown
    return t(
        "sentence.hidden",
        unbound=plural("count.signatories", unbound, view.lang),
        not_applicable=plural("count.commitments", not_applicable, view.lang),
        filtered=plural("count.commitments", filtered, view.lang),
    )


def limits(view: View) -> str:
    """What the data of this pact do not say, as a list."""
    own = "mouves-2014" if view.pact.id == "mouves-2014" else "any"
    if view.pact.fictional:
        own = "fictional"
    return t(f"limits.{own}")
