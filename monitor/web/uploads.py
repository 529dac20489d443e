"""Uploads: only from somebody who may load files. The framework would take them from anybody who has
the home page open, and keep them in memory."""

import json
from datetime import UTC, datetime

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from monitor import accounts
from monitor.accounts import ANONYMOUS, Bearer, provider
from monitor.accounts.sessions import LOG
from monitor.errors import MonitorError
from monitor.read.current_log import store
from monitor.settings import sign_in_cookie

PATH = "/_stcore/upload_file"


class KnownUploads:
    """Plain ASGI middleware: refuses an upload without a session."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and scope["path"].startswith(PATH) and scope["method"] == "PUT":
            who = _presented(HTTPConnection(scope).cookies)
            if not await run_in_threadpool(_is_known, who):
                LOG.warning("refused: an upload by nobody who is signed in")
                await PlainTextResponse("not signed in", 403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _presented(cookies: dict[str, str]) -> Bearer:
    """As `ui.viewer.presented_bearer`, where no script runs."""
    if token := cookies.get(sign_in_cookie()):
        return Bearer(token=token)
    auth = provider.auth_section(st.secrets)
    signed = _get_signed_cookie_with_chunks(cookies, "_streamlit_user") if auth else None
    return provider.bearer_of(json.loads(signed), auth) if auth and signed else ANONYMOUS


def _is_known(who: Bearer) -> bool:
    try:
        with store().reading() as session:
            return accounts.find_account(session, who, datetime.now(UTC)) is not None
    except MonitorError:
        return False
