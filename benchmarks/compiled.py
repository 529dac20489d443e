"""The app's script compiled once, as Streamlit itself does with a script."""

from monitor.web.app import SCRIPT

APP = compile(SCRIPT.read_text("utf-8"), SCRIPT, "exec")
