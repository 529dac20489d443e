"""Charts: a table in, a plotly figure out. No database, no Streamlit, no figure computed here.

No figure has a title: the page writes it, with what is counted and as of when. Every text that comes
from data is escaped, for plotly renders markup.
"""

from monitor.charts.bars import by_measure, intervals
from monitor.charts.framed import framed
from monitor.charts.map import MAP_CONFIG, departments
from monitor.charts.matrix import matrix, matrix_groups, measures_key
from monitor.charts.style import SIGNS, Figure, colour, legend, marked, text_on
from monitor.charts.svg import card, progress, to_png, xml_text
from monitor.charts.time import counted, mandates, over_time

__all__ = [
    "MAP_CONFIG",
    "SIGNS",
    "Figure",
    "by_measure",
    "card",
    "colour",
    "counted",
    "departments",
    "framed",
    "intervals",
    "legend",
    "mandates",
    "marked",
    "matrix",
    "matrix_groups",
    "measures_key",
    "over_time",
    "progress",
    "text_on",
    "to_png",
    "xml_text",
]
