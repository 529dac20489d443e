"""Pacts as wide as a page may have to show: every status, titles of 400 letters, a name a place."""

import csv
import io
from datetime import UTC, datetime

from monitor import commands
from monitor.areas import communes
from monitor.commands.loading import file_in_memory
from monitor.models import Status
from monitor.store import Store

OFFICIALS = 60
LOADED_ON = datetime(2026, 9, 1, tzinfo=UTC)
WORDS = "Rendre gratuits les transports en commun pour toutes les personnes de moins de vingt-cinq ans, "
#: Measures and themes of each; the letters of a title.
PACTS = {"many-themes": (400, 21, 400), "no-theme": (400, 0, 400), "bodies": (9, 3, 20)}
#: What somebody may have recorded, then nothing, twice as often.
RECORDED = [each for each in Status if each not in (Status.NOT_ASSESSED, Status.NOT_APPLICABLE)]
HEAD = """title = "{name}"
id = "{name}"
promoter = "X"
election = "2020"
election_on = 2020-06-28
term_start = 2020-06-28
term_end = 2026-03-22
language = "fr"
licence = "CC0-1.0"
fictional = true
{more}
"""


def load_wide(store: Store, name: str) -> str:
    """The identifier of the pact of PACTS, loaded."""
    measures, themes, letters = PACTS[name]
    bodies = name == "bodies"
    text = HEAD.format(name=name, more="" if bodies else 'binding_offices = ["mayor"]')
    for number in range(1, measures + 1):
        title = (WORDS * 5)[: letters - 4] + f" {number}"
        text += f'\n[[measures]]\nid = "{number}"\nwording = "{title}"\ntitle_fr = "{title}"\n'
        text += f'theme = "Thème {number % themes}"\n' if themes else ""
    report = commands.load_pact(store, file_in_memory(text), name="pact.toml", now=LOADED_ON)
    assert report.loaded, report.errors[:3]
    places = communes().drop_duplicates("department_code").head(OFFICIALS)
    called, kind = ("Conseil de", "body") if bodies else ("Élu de", "person")
    signatories = [
        (f"s{number}", f"{called} {place}", code, kind, "elected")
        for number, (code, place) in enumerate(places["name"].items())
    ]
    head = "signatory_id,name,commune,kind,outcome"
    _load(store, name, "signatories", head, signatories)
    facts = []
    for who in range(len(signatories)):
        for measure in range(1, measures + 1):
            drawn = (who * 7 + measure * 5) % (3 * len(RECORDED))
            if drawn < len(RECORDED):
                status = RECORDED[drawn]
                source = ("press", "Article", "Journal", "https://exemple.invalid/a")
                cited = ("",) * 4 if status == Status.NO_EVIDENCE else source
                fact = (f"a{len(facts)}", f"s{who}", measure, "2023-04-05", status, "Fait", *cited)
                facts.append(fact)
    head = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title"
    _load(store, name, "actions", f"{head},source_publisher,source_url", facts)
    return name


def _load(store: Store, pact: str, kind: str, head: str, rows: list[tuple]) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([head.split(","), *rows])
    report = commands.load(
        store,
        kind,
        file_in_memory(file.getvalue()),
        pact_id=pact,
        name=f"{kind}.csv",
        now=LOADED_ON,
    )
    assert report.loaded, report.errors[:3]
