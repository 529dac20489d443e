"""What the pages show, in Streamlit."""
