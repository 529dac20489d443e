"""The overview as one writes it on a first evening: CSV files read in the script, pandas groups,
plotly express, the map's file inside the figure. The peer of our page, not a part of it."""

import json
import os
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

DATA = Path(os.environ["NAIVE_DATA"])
ROOT = Path(__file__).resolve().parents[1]

actions = pd.read_csv(DATA / "actions.csv", dtype=str)
signatories = pd.read_csv(DATA / "signatories.csv", dtype=str)
communes = pd.read_csv(ROOT / "data" / "reference" / "communes_2026.csv.gz", dtype=str)
places = json.loads((ROOT / "data" / "reference" / "departements_2026.geojson").read_text("utf-8"))

elected = signatories[signatories["outcome"] == "elected"].merge(
    communes, left_on="commune", right_on="insee"
)
department = st.selectbox(
    "Département", ["", *sorted(elected["departement"].unique())], key="_departement"
)
day = st.date_input("État au", pd.Timestamp("2026-03-22"), key="au").isoformat()
if department:
    elected = elected[elected["departement"] == department]

assessments = actions[actions["status"].notna() & (actions["happened_on"] <= day)]
last = assessments.sort_values("happened_on").groupby(["signatory_id", "measure"]).tail(1)
table = elected.merge(last, on="signatory_id", how="left", suffixes=("", "_said"))
table["status"] = table["status"].fillna("not_assessed")
counts = table.groupby(["measure", "status"]).size().rename("commitments").reset_index()
st.plotly_chart(px.bar(counts, x="commitments", y="measure", color="status", orientation="h"))
st.dataframe(counts)
done = table.assign(done=table["status"] == "implemented")
shares = done.groupby("departement")["done"].mean().reset_index()
st.plotly_chart(
    px.choropleth(
        shares, geojson=places, locations="departement", featureidkey="id", color="done"
    ).update_geos(fitbounds="locations", visible=False)
)
st.dataframe(table.sort_values("happened_on").tail(5))
