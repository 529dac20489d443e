"""What takes long to import, of others and of the program (see `forked`)."""

import gc
from functools import cache

import argon2  # noqa: F401
import babel.dates
import babel.numbers  # noqa: F401
import openpyxl  # noqa: F401
import orjson  # noqa: F401
import pandas.io.formats.style  # noqa: F401
import plotly.graph_objects  # noqa: F401
import prometheus_client  # noqa: F401
import pyarrow.compute  # noqa: F401
import pyotp  # noqa: F401
import rapidfuzz  # noqa: F401
import segno  # noqa: F401
import sqlite_utils  # noqa: F401
import streamlit.elements.plotly_chart
import streamlit.web.bootstrap
import streamlit.web.cli
import streamlit.web.server.starlette  # noqa: F401
import uvicorn.protocols.http.auto  # noqa: F401
import zxcvbn  # noqa: F401
from streamlit.components.v2 import manifest_scanner

import monitor.web.app  # noqa: F401
from monitor import areas, i18n

# Each server asks every package that is installed for components.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
manifest_scanner.scan_component_manifests()
# What every server reads at its first page, and nothing changes.
areas.insee_areas()
for lang in i18n.LANGUAGES:
    i18n.catalogue(lang)
# What is imported is no garbage: the processes that begin with it never look through it.
gc.freeze()
