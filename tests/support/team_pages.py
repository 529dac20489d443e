"""The team's pages in the process of the test: their names, their widgets, their errors."""

from monitor.models import Role
from tests.support.app import open_page

PAGES = [
    "saisie",
    "relecture",
    "double-lecture",
    "import",
    "demandes",
    "aide",
    "equipe",
    "registre",
]
FILE = (
    "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    "g1,hidalgo-paris,3,2019-05,implemented,Un cycle est ouvert.,report,Bilan 2019\n"
)


def field(elements, label: str):
    """The widget with that label."""
    return next(element for element in elements if element.label.startswith(label))


def check(app):
    """Have the files read with the choices that wait."""
    assert not app.exception
    return app.button(key="_choices_check").click().run()


def at_a_commitment(browser_of, store, people, measure: str = "1", app=None):
    """The form, opened on a commitment of Lyon's signatory."""
    browser_of(people[Role.VOLUNTEER])
    app = app or open_page("saisie")
    app.text_input(key="_write_search").set_value("lyon").run()
    next(one for one in app.button if "Gérard Collomb" in one.label).click().run()
    return field(app.radio, "Quel engagement").set_value(measure).run()


def errors(app) -> str:
    return " ".join(one.value for one in app.error).replace("\u00a0", " ")
