"""The routes beside the app, asked in the process of the test, and the words of their pages."""

import asyncio
import re
from html.parser import HTMLParser

import httpx

from monitor import commands
from monitor.commands.loading import file_in_memory

PARIS = "/ville/75056"


class _Words(HTMLParser):
    """What a reader reads: no style, no data; the tags that stand open must close."""

    VOID = ("meta", "link", "input", "br", "img", "rect", "line")

    def __init__(self):
        super().__init__()
        self.texts, self.open, self.links = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data):
        if not {"style", "script", "head"} & set(self.open):
            self.texts.append(data)


def read(html: bytes) -> tuple[str, list[str]]:
    """(the words with ordinary spaces, the addresses of the links)."""
    parser = _Words()
    parser.feed(html.decode())
    assert parser.open == []
    words = re.sub(r"\s+", " ", "".join(parser.texts))
    return words.replace("\u202f", " "), parser.links


class Client:
    """Asks an application for its addresses, without a server."""

    def __init__(self, app):
        self._app = app

    def get(
        self, path: str, params: dict | None = None, headers: dict | None = None
    ) -> httpx.Response:
        async def answer():
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
                return await client.get(path, params=params, headers=headers)

        return asyncio.run(answer())


def load(store, content: str, text: str, pact: str = "mouves-2014", who=None):
    report = commands.load(
        store, content, file_in_memory(text), pact_id=pact, name=f"{content}.csv", who=who
    )
    assert report.loaded, report.errors
    return report


def words(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return read(answer.content)[0]
