"""The two lines of the overview that count people and commitments, each with what is told beside it."""

from monitor.i18n import number
from monitor.read import careers, counts
from monitor.read.filters import PLACE_FILTERS
from monitor.read.selection import View
from monitor.ui.page_run import t


def funnel_lines(view: View) -> str:
    """The two lines of the funnel, each with its unit, and who is said to be bound; only how much was
    promised, before the election and while no result of it is known."""
    found = counts.count_funnel(view)
    knows_nobody = found["unknown"] == found["signed"] and not found["in_office"]
    if careers.is_before_election(view) or (found["signed"] and knows_nobody):
        made = sum(counts.count_promises(view).values())
        promises = view.plural("count.commitments", made)
        line = f"**{view.plural('count.signatories', found['signed'])}** → **{promises}**"
        return "  \n".join([line, *_withdrawn(view, found["withdrawn"])])
    values = {name: f"**{number(value, view.lang)}**" for name, value in found.items()}
    over = view.pact.term_end is not None and view.day >= view.pact.term_end
    presumed = counts.count_presumed(view)
    whether = "presumed_" if presumed and presumed == found["in_office"] else ""
    when = t(f"funnel.{whether}{'at_end' if over else 'on_day'}")
    office = not counts.seeks_no_office(view)
    chosen = "funnel.elected_or_later" if found["came_later"] else "funnel.elected"
    came = view.text(chosen, **view.state.common_wording)
    people = "funnel.people" if office else "funnel.people_without_office"
    lines = [t(people, when=when, came=came, **values), t("funnel.commitments", **values)]
    if office and presumed:
        why = "funnel.presumed_all" if whether else "funnel.presumed"  # which the line above says
        lines.append(f":gray[:small[{view.plural(why, presumed)}]]")
    if office and found["bound"] != found["in_office"]:
        kept = view.without(*PLACE_FILTERS).filters
        words = t("funnel.bound_here" if kept else "funnel.bound")
        lines.append(f":gray[:small[{words}]]")
    return "  \n".join([*lines, *_withdrawn(view, found["withdrawn"])])


def _withdrawn(view: View, count: int) -> list[str]:
    """The line that says how many signatures have been withdrawn; none of none."""
    return [f":gray[:small[{view.plural('funnel.withdrawn', count)}]]"] if count else []
