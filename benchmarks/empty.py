"""The smallest Streamlit app: the floor of a start."""

import streamlit as st

st.number_input("n", key="n")
