"""A reader of the app by Streamlit's own protocol: the cookies and the WebSocket of a browser."""

import http.client
from contextlib import ExitStack, contextmanager
from http.cookies import SimpleCookie

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import ClientConnection, connect

from tests.support.waiting import LONGEST

#: The kinds of elements that say something.
SAID = ("markdown", "alert", "heading", "text")
#: The main part of a page, beside which there is the menu.
MAIN = 0


class Reader:
    """One page, open or not. `cookies` outlive its connections, as a browser's do; `main` holds the
    elements of the last run that are not in the menu, `menu` the titles of the pages that are."""

    def __init__(self, address: str, page: str = "", **cookies: str):
        self.host, self.page, self.cookies = address.removeprefix("http://"), page, cookies
        self._open, self._hash = ExitStack(), ""
        self._socket: ClientConnection | None = None
        self.main, self.menu = [], []

    def open(self) -> str:
        """Load the page anew; all that it says."""
        connection = http.client.HTTPConnection(self.host, timeout=LONGEST)
        connection.request("GET", f"/{self.page}", headers=self._cookie())
        answer = connection.getresponse()
        answer.read()
        for given in answer.headers.get_all("Set-Cookie", ()):
            self.cookies |= {name: one.value for name, one in SimpleCookie(given).items()}
        connection.close()
        self.close()
        self._hash = ""
        self._socket = self._open.enter_context(
            connect(
                f"ws://{self.host}/_stcore/stream",
                subprotocols=[Subprotocol("streamlit")],
                max_size=None,
                additional_headers=self._cookie(),
                compression=None,
                close_timeout=1,
            )
        )
        return self.rerun()

    def rerun(self) -> str:
        """Run the page again; all that it says. Raises ConnectionClosed once the server is gone."""
        message = BackMsg()
        if self._hash:
            message.rerun_script.page_script_hash = self._hash
        else:
            message.rerun_script.page_name = self.page
        assert self._socket
        self._socket.send(message.SerializeToString())
        texts, self.main = [], []
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self._socket.recv(timeout=LONGEST, decode=False))
            kind = answer.WhichOneof("type")
            if kind == "script_finished":
                return "\n".join(texts).replace("\u00a0", " ").replace("\u202f", " ")
            if kind == "navigation":
                self._hash = answer.navigation.page_script_hash
                self.menu = [
                    one.page_name for one in answer.navigation.app_pages if not one.is_hidden
                ]
            elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
                texts += _said(answer.delta.new_element)
                if answer.metadata.delta_path[0] == MAIN:
                    self.main.append(answer.delta.new_element)

    def close(self) -> None:
        self._open.close()

    def _cookie(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}


@contextmanager
def reading(*readers: Reader):
    """All of them, opened; closed at the end."""
    for reader in readers:
        reader.open()
    try:
        yield readers
    finally:
        for reader in readers:
            reader.close()


def _said(element) -> list[str]:
    kind = element.WhichOneof("type")
    assert kind != "exception", element.exception.message
    return [getattr(element, kind).body] if kind in SAID else []
