"""What `streamlit run` starts: the app, with HTTP routes beside it. Nothing else.

Run as a plain script (by a test, or by a launcher that knows no ASGI app) it renders the same app
without the routes.
"""

import gc
import runpy
import sys

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from monitor.errors import InvalidValue
from monitor.i18n import LANGUAGES, text
from monitor.settings import check_settings
from monitor.text_columns import keep_texts_in_python

try:
    check_settings()
    keep_texts_in_python()
    # What is imported is no garbage: to look for some meanwhile takes a sixth of a second.
    gc.disable()
except InvalidValue as error:
    sys.exit("\n".join(text(f"error.{error.code}", lang, **error.values) for lang in LANGUAGES))

from monitor.ui.error_page import show_error
from monitor.web.app import MIDDLEWARE, ROUTES, SCRIPT, lifespan

gc.enable()

app = st.App(
    SCRIPT, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, on_script_error=show_error
)

if get_script_run_ctx(suppress_warning=True) is not None:
    runpy.run_path(str(SCRIPT), run_name="__main__")
