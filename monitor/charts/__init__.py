"""Charts: a table in, a plotly figure out. No database, no Streamlit, no figure computed here.

No figure has a title: the page writes it, with what is counted and as of when. Every text that comes
from data is escaped, for plotly renders markup.
"""

from monitor.charts.bars import by_measure
from monitor.charts.card import card, card_room
from monitor.charts.cells import in_words, lines_of, measures_key, too_many
from monitor.charts.crossed import matrix_groups, too_wide
from monitor.charts.framed import framed
from monitor.charts.knowledge import PARTS, effort, knowledge, parts_of
from monitor.charts.map import DRAWN, MAP_CONFIG, departments
from monitor.charts.matrix import matrix
from monitor.charts.style import ABSENT, BANDS, SIGNS, Figure, colour, legend, marked, sign, text_on
from monitor.charts.svg import progress, to_png, xml_text
from monitor.charts.time import counted, layers, mandates, over_time

__all__ = [
    "ABSENT",
    "BANDS",
    "DRAWN",
    "MAP_CONFIG",
    "PARTS",
    "SIGNS",
    "Figure",
    "by_measure",
    "card",
    "card_room",
    "colour",
    "counted",
    "departments",
    "effort",
    "framed",
    "in_words",
    "knowledge",
    "layers",
    "legend",
    "lines_of",
    "mandates",
    "marked",
    "matrix",
    "matrix_groups",
    "measures_key",
    "over_time",
    "parts_of",
    "progress",
    "sign",
    "text_on",
    "to_png",
    "too_many",
    "too_wide",
    "xml_text",
]
