"""The app in the process of the test: a page as its address opens it, and what it says."""

import pandas as pd
from google.protobuf.message import Message
from google.protobuf.text_format import MessageToString
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from monitor import commands
from monitor.commands.loading import file_in_memory
from tests.support.clock import NOW
from tests.support.paths import ROOT
from tests.support.waiting import LONGEST

PAGES = ("", "mesures", "communes", "actions", "analyses", "donnees", "methode")


def open_page(name: str = "", **query: str) -> AppTest:
    """The app as the address of that page opens it."""
    app = AppTest.from_file(ROOT / "monitor/ui/app.py", default_timeout=LONGEST)
    app.query_params.update(query)
    # Who opens an address goes through no other page; `switch_page` would have it drawn first.
    app._page_hash = calc_hash(name) if name else ""
    return app.run()


def words(app: AppTest) -> str:
    """All that the page says."""
    parts = [
        *app.title,
        *app.header,
        *app.subheader,
        *app.markdown,
        *app.caption,
        *app.info,
        *app.warning,
        *app.error,
        *app.table,
        *app.code,
    ]
    texts = [
        part.value if isinstance(part.value, str) else part.value.reset_index().to_string()
        for part in parts
    ]
    return _plain("\n".join(texts))


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\\", "")


def all_texts(app: AppTest) -> str:
    """All that the browser is sent of the page: what `words` has, labels, help, options, what fields
    hold, tables, addresses. For what must be nowhere; with `words` beside it for what must be there."""
    texts = []
    for node in app._tree:
        if isinstance(proto := getattr(node, "proto", None), Message):
            texts.append(MessageToString(proto, as_utf8=True))
        match getattr(node, "value", None):
            case str(value):
                texts.append(value)
            case pd.DataFrame() as table:
                texts.append(table.to_string())
    return _plain("\n".join(texts))


def list_officials(app: AppTest) -> list[str]:
    """The officials of the page's list, each with where its measures stand."""
    shown = "\n\n".join(one.value for one in app.markdown).replace("\u00a0", " ").split("\n\n")
    return [one for one in shown if one.startswith("[**")]


HEADER = (
    "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,"
    "source_publisher,source_url,supersedes,reason,quote\n"
)


def add(store, *rows: str):
    """Entries of the packaged pact, loaded by the operator."""
    report = commands.load(
        store,
        "actions",
        file_in_memory(HEADER + "\n".join(rows)),
        pact_id="mouves-2014",
        name="x.csv",
        now=NOW,
    )
    assert report.loaded, report.errors
