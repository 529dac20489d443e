"""What a row that can be retracted alone is, in the words of the pages of the team."""

from monitor.i18n import partial_day, since_day
from monitor.offices import office_title
from monitor.pacts import Pact
from monitor.queries.retracted import RetractableRow
from monitor.titles import number_title, shorten_title
from monitor.ui.markdown import md


def row_values(pact: Pact, row: RetractableRow, lang: str) -> dict[str, str]:
    """What fills the sentences about such a row, which end with its subject: `request.answer`. Plain
    texts, as a list to choose from shows them."""
    cells = row.cells
    values = {"person": row.name or row.signatory_id, "id": row.signatory_id}
    if row.content == "mandates":
        values["office"] = office_title(pact, cells["office"], lang)
        values["start"] = partial_day(cells["started_on"], lang)
        values["since"] = since_day(cells["started_on"], lang)
    if "measure" in cells:
        titles = {one.id: one.title(lang) for one in pact.measures}
        title = shorten_title(titles.get(cells["measure"], ""))
        values["measure"] = number_title(cells["measure"], title)
    if row.content == "sources":
        values["entry"], values["number"] = cells["action_id"], cells["source_no"]
    return values


def row_values_in_markdown(pact: Pact, row: RetractableRow, lang: str) -> dict[str, str]:
    """The same for a sentence that is markdown."""
    return {name: md(value) for name, value in row_values(pact, row, lang).items()}
