"""What a row that can be retracted alone is, in the words of the pages of the team."""

from monitor.i18n import partial_day, since_day
from monitor.offices import office_title
from monitor.pacts import Pact
from monitor.queries.retracted import RetractableRow
from monitor.titles import number_title, shorten_title
from monitor.ui.markdown import md


def fill_row(pact: Pact, row: RetractableRow, lang: str) -> dict[str, str]:
    """What fills the sentences about such a row, which end with its subject: `request.answer`. Plain
    texts, as a list to choose from shows them."""
    cells = row.cells
    told = {"person": row.name or row.signatory_id, "id": row.signatory_id}
    if row.content == "mandates":
        told["office"] = office_title(pact, cells["office"], lang)
        told["start"] = partial_day(cells["started_on"], lang)
        told["since"] = since_day(cells["started_on"], lang)
    if "measure" in cells:
        titles = {one.id: one.title(lang) for one in pact.measures}
        title = shorten_title(titles.get(cells["measure"], ""))
        told["measure"] = number_title(cells["measure"], title)
    if row.content == "sources":
        told["entry"], told["number"] = cells["action_id"], cells["source_no"]
    return told


def fill_row_in_markdown(pact: Pact, row: RetractableRow, lang: str) -> dict[str, str]:
    """The same for a sentence that is markdown."""
    return {name: md(said) for name, said in fill_row(pact, row, lang).items()}
