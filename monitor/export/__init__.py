"""Open data: the tables of a view for a download, and a whole pact for a folder."""

from monitor.export.publish import FORMATS, Published, publish
from monitor.export.views import (
    ACTIONS,
    about,
    actions,
    addresses,
    commitments,
    indicators_of,
    replies,
    to_csv,
    to_json,
)

__all__ = [
    "ACTIONS",
    "FORMATS",
    "Published",
    "about",
    "actions",
    "addresses",
    "commitments",
    "indicators_of",
    "publish",
    "replies",
    "to_csv",
    "to_json",
]
