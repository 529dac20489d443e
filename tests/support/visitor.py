"""Somebody who signs in to a real server over HTTP, and what the server wrote of it."""

import http.client
from urllib.parse import urlencode

from monitor.store import open_store
from tests.support.waiting import LONGEST

PASSWORD = "une phrase assez longue"


class Server:
    """A server, its database, and all that it said."""

    def __init__(self, address: str, url: str, log):
        self.address, self.store, self._log = address, open_store(url), log
        self.host = address.removeprefix("http://")

    def log_text(self) -> str:
        return self._log.read_text("utf-8")

    def ask(self, method: str, path: str, form: dict | None = None, **headers: str):
        """(status, headers as they came, body) of one request; a POST comes from the page itself."""
        connection = http.client.HTTPConnection(self.host, timeout=LONGEST)
        given = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        if method == "POST" and "Origin" not in headers:
            given["Origin"] = self.address
        given |= {name.replace("_", "-"): value for name, value in headers.items() if value}
        connection.request(method, path, urlencode(form) if form is not None else None, given)
        answer = connection.getresponse()
        found = answer.status, answer.headers, answer.read().decode()
        connection.close()
        return found

    def sign_in(self, name: str, password: str = PASSWORD, **headers: str):
        form = {"name": f"{name} des bois", "password": password}
        return self.ask("POST", "/connexion", form, **headers)
