"""What `streamlit run` starts: the app, with HTTP routes beside it. Nothing else.

Run as a plain script (by a test, or by a launcher that knows no ASGI app) it renders the same app
without the routes.
"""

import os
import runpy
import sys

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from monitor.errors import InvalidValue
from monitor.i18n import LANGUAGES, text

try:
    from monitor.ui.failure import said
    from monitor.web.beside import MIDDLEWARE, ROUTES, SCRIPT, lifespan
    from monitor.web.examples import refuse_examples

    refuse_examples(os.environ)
except InvalidValue as error:  # a setting
    sys.exit("\n".join(text(f"error.{error.code}", lang, **error.values) for lang in LANGUAGES))

app = st.App(SCRIPT, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, on_script_error=said)

if get_script_run_ctx(suppress_warning=True) is not None:
    runpy.run_path(str(SCRIPT), run_name="__main__")
