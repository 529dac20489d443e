"""Charts: a table in, a plotly figure out. No database, no Streamlit, no figure computed here.

No figure has a title: the page writes it, with what is counted and as of when. Every text that comes
from data is escaped, for plotly renders markup.
"""

from monitor.charts.agreement import agreement_cells
from monitor.charts.answer_matrix import ANSWER_COLOURS, ANSWER_SIGNS, answer_matrix
from monitor.charts.bars import bars_by_measure
from monitor.charts.captioned import caption_figure, write_in_full
from monitor.charts.card import card, card_room
from monitor.charts.cells import count_lines, has_titled_columns, measures_key, too_many_measures
from monitor.charts.effort import effort_dots
from monitor.charts.funnel import group_points
from monitor.charts.group_incidence import Panel, group_curves
from monitor.charts.group_matrix import fills_several_lines, matrix_groups
from monitor.charts.half_years import half_year_bars
from monitor.charts.incidence import incidence_curves
from monitor.charts.knowledge import (
    PARTS,
    assessment_effort,
    department_effort,
    effort_parts,
    knowledge_bars,
)
from monitor.charts.mandates import mandate_lines
from monitor.charts.map import DRAWN, MAP_CONFIG, department_map
from monitor.charts.matrix import count_name_lines, status_matrix
from monitor.charts.reading import month_bars
from monitor.charts.revisions import revision_lines
from monitor.charts.sample import sample_line
from monitor.charts.style import (
    ABSENT,
    BANDS,
    NEITHER,
    REFUSED,
    SIGNS,
    Figure,
    stamp_figure,
    status_colour,
    status_sign,
    text_colour_on,
)
from monitor.charts.svg import progress_svg, to_png, xml_text
from monitor.charts.swatches import legend, line_colour
from monitor.charts.time import shows_counts, status_timeline, visible_layers
from monitor.charts.transitions import transition_cells
from monitor.charts.what_if import what_if_bars

__all__ = [
    "ABSENT",
    "ANSWER_COLOURS",
    "ANSWER_SIGNS",
    "BANDS",
    "DRAWN",
    "MAP_CONFIG",
    "NEITHER",
    "PARTS",
    "REFUSED",
    "SIGNS",
    "Figure",
    "Panel",
    "agreement_cells",
    "answer_matrix",
    "assessment_effort",
    "bars_by_measure",
    "caption_figure",
    "card",
    "card_room",
    "count_lines",
    "count_name_lines",
    "department_effort",
    "department_map",
    "effort_dots",
    "effort_parts",
    "fills_several_lines",
    "group_curves",
    "group_points",
    "half_year_bars",
    "has_titled_columns",
    "incidence_curves",
    "knowledge_bars",
    "legend",
    "line_colour",
    "mandate_lines",
    "matrix_groups",
    "measures_key",
    "month_bars",
    "progress_svg",
    "revision_lines",
    "sample_line",
    "shows_counts",
    "stamp_figure",
    "status_colour",
    "status_matrix",
    "status_sign",
    "status_timeline",
    "text_colour_on",
    "to_png",
    "too_many_measures",
    "transition_cells",
    "visible_layers",
    "what_if_bars",
    "write_in_full",
    "xml_text",
]
