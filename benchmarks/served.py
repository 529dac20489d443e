"""The app with an empty page beside it: what `streamlit run` starts for the figures of pages."""

from pathlib import Path

import streamlit as st

from monitor.web.app import MIDDLEWARE, ROUTES, lifespan

app = st.App(
    Path(__file__).parent / "script.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan
)
