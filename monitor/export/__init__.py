"""Open data: the tables of a view for a download, and a whole pact for a folder."""

from monitor.export.publish import FORMATS, Published, publish
from monitor.export.views import (
    ACTIONS,
    COMMITMENTS,
    about,
    actions,
    addresses,
    commitments,
    csv_parts,
    indicators_of,
    json_parts,
    replies,
    to_csv,
    to_json,
)

__all__ = [
    "ACTIONS",
    "COMMITMENTS",
    "FORMATS",
    "Published",
    "about",
    "actions",
    "addresses",
    "commitments",
    "csv_parts",
    "indicators_of",
    "json_parts",
    "publish",
    "replies",
    "to_csv",
    "to_json",
]
