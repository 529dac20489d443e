"""Open data: the tables of a view, to download, and a whole pact, in a folder."""

from monitor.export.content import Samples
from monitor.export.entries import entry_parts, entry_table, standing_facts
from monitor.export.files import pact_as_toml
from monitor.export.forms import FORMS, SPREADSHEETS, Caption
from monitor.export.publish import FORMATS, ExportReport, publish_pact
from monitor.export.view_tables import (
    ACTIONS,
    COMMITMENTS,
    action_table,
    address_table,
    commitment_table,
    csv_parts,
    detail_columns,
    indicators_of,
    json_parts,
    reply_columns,
    signed_areas,
    to_csv,
    to_json,
    view_description,
)

__all__ = [
    "ACTIONS",
    "COMMITMENTS",
    "FORMATS",
    "FORMS",
    "SPREADSHEETS",
    "Caption",
    "ExportReport",
    "Samples",
    "action_table",
    "address_table",
    "commitment_table",
    "csv_parts",
    "detail_columns",
    "entry_parts",
    "entry_table",
    "indicators_of",
    "json_parts",
    "pact_as_toml",
    "publish_pact",
    "reply_columns",
    "signed_areas",
    "standing_facts",
    "to_csv",
    "to_json",
    "view_description",
]
