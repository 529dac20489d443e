"""Files of actions loaded into the packaged pact."""

from monitor import commands
from monitor.commands.loading import file_in_memory
from tests.support.clock import NOW

PACT = "mouves-2014"
HEADER = (
    "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,"
    "source_url,supersedes,reason\n"
)
ONE = "new-1,hidalgo-paris,1,2018-03-01,,decided,Un acte,press,Titre,https://exemple.invalid/1,,\n"


def load(store, text, content="actions", **options):
    options = {"pact_id": PACT, "name": "file.csv", "now": NOW, **options}
    return commands.load(store, content, file_in_memory(text), **options)


def entries(store) -> int:
    with store.reading() as session:
        return session.rows("SELECT seq FROM head")[0][0]
