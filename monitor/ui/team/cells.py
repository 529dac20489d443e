"""The cells of a file as the team reads them."""

from monitor import intake
from monitor.read.selection import View


def describe_cell(view: View, column: str, value: str | None) -> str:
    """What a cell says, "" for none: a signatory of the pact is called by name and place, a commune by
    its name."""
    if column == "signatory_id" and value in (people := view.day_state.people_by_id).index:
        return f"{people.at[value, 'name']} ({people.at[value, 'commune_name']})"
    if column == "commune" and value in view.log.areas.index:
        return f"{view.log.areas.at[value, 'name']} ({value})"
    return intake.cell_in_words(column, value, view.lang)
