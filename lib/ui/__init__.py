"""What every screen shares; the only Streamlit outside Home.py and pages/."""
