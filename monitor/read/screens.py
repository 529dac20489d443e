"""The addresses of the site's pages: who sees each in the menu, its file, title and icon."""

from urllib.parse import urlencode

from monitor.i18n import text
from monitor.models import Office, Role, SignatoryKind
from monitor.read.cache import per_roll
from monitor.read.pact_state import PactState
from monitor.read.places import has_departments
from monitor.snapshot import Snapshot

#: (file, message of the title, address, icon); the first is the home page.
SCREENS = (
    ("vue_d_ensemble", "page.overview", "", ":material/donut_small:"),
    ("mesures", "page.measures", "mesures", ":material/grid_on:"),
    ("communes", "page.cities", "communes", ":material/location_city:"),
    ("reponses", "page.answers", "reponses", ":material/how_to_vote:"),
    ("actions", "page.log", "actions", ":material/receipt_long:"),
    ("analyses", "page.analyses", "analyses", ":material/monitoring:"),
    ("echantillon", "page.sample", "echantillon", ":material/casino:"),
    ("donnees", "page.data", "donnees", ":material/download:"),
    ("methode", "page.method", "methode", ":material/menu_book:"),
)
#: Of the page of cities, in a pact that is not about communes.
SIGNATORIES_ICON = ":material/groups:"
#: Those of the team: in the menu of whoever may use them; each checks it again for itself.
TEAM = (
    ("saisie", "page.logging", "saisie", ":material/edit_note:", Role.VOLUNTEER),
    ("relecture", "page.review", "relecture", ":material/fact_check:", Role.REVIEWER),
    (
        "double_lecture",
        "page.blind",
        "double-lecture",
        ":material/visibility_off:",
        Role.VOLUNTEER,
    ),
    ("import", "page.import", "import", ":material/upload_file:", Role.VOLUNTEER),
    (
        "rapprochement",
        "page.matching",
        "rapprochement",
        ":material/how_to_reg:",
        Role.REVIEWER,
    ),
    ("nouveau_pacte", "page.new_pact", "nouveau-pacte", ":material/note_add:", Role.ADMIN),
    ("demandes", "page.requests", "demandes", ":material/hourglass_top:", Role.VOLUNTEER),
    ("aide", "page.help", "aide", ":material/help:", Role.VOLUNTEER),
    ("equipe", "page.team", "equipe", ":material/group:", Role.ADMIN),
    ("registre", "page.record", "registre", ":material/history:", Role.ADMIN),
)
#: Public pages beside the app, whatever the state of the database: their titles are `page.<key>`.
LEGAL = {"legal": "mentions-legales", "privacy": "vie-privee"}
#: Pages of rates: a filter by status would choose their answer.
RATES = ("", "analyses")
#: The page that a database without a pact needs.
NEW_PACT = "nouveau-pacte"
#: The landing page after sign-in.
HOME_AFTER_SIGN_IN = "saisie"
TEAM_ADDRESSES = tuple(address for _, _, address, _, _ in TEAM)
ADDRESSES = (*(address for _, _, address, _ in SCREENS), *TEAM_ADDRESSES)


#: The pages of a random sample: the one where it is planned, and its readings.
_SAMPLE, _READINGS = "echantillon", "double-lecture"


def empty_pages(current: Snapshot, pact_id: str | None, role: Role | None) -> frozenset[str]:
    """The addresses of pages that would have nothing to show: answers where no pact has any, matching
    where no register tells of this one, a sample and its readings where it has no plan. Who may plan
    one is shown where. Without a pact, all but the first page and the one that brings a pact."""
    if not current.logs:
        return frozenset(ADDRESSES) - {"", NEW_PACT}
    found = set() if any(len(log.answers) for log in current.logs.values()) else {"reponses"}
    if pact_id and role and not is_in_registers(PactState(current, pact_id)):
        found.add("rapprochement")
    if not current.plans.get(pact_id or ""):
        found.add(_READINGS)
        if not (pact_id and role and role.includes(Role.ADMIN)):
            found.add(_SAMPLE)
    return frozenset(found)


@per_roll
def is_in_registers(state: PactState) -> bool:
    """Whether a register of mayors can say anything of a pact: it is put to them, and a person signed it
    in a commune, or nobody has signed it yet."""
    kinds = state.known.signatories["kind"]
    if Office.MAYOR not in state.pact.binding_offices or kinds.empty:
        return Office.MAYOR in state.pact.binding_offices
    people = kinds.isna() | (kinds == SignatoryKind.PERSON)
    return has_departments(state) and bool(people.any())


def legal_links(lang: str) -> list[tuple[str, str]]:
    """Title and address of each page of LEGAL."""
    return [
        (text(f"page.{kind}", lang), f"/{address}?{urlencode({'lang': lang})}")
        for kind, address in LEGAL.items()
    ]
