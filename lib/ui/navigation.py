"""The way between the pages: all of them, in the order in which an audit goes.

Streamlit's own menu hides whatever comes after the tenth page once there are more than twelve.
"""

import streamlit as st

SECTIONS = {
    "": {"Home.py": "Home"},
    "Ask": {
        "pages/1_Build_grid.py": "Build grid",
        "pages/2_Run.py": "Run",
        "pages/13_Next_token.py": "Next token",
    },
    "Read and measure": {
        "pages/4_Responses.py": "Responses",
        "pages/5_Clusters.py": "Clusters",
        "pages/6_Charts.py": "Charts",
    },
    "Let people judge": {
        "pages/14_Assignments.py": "Assignments",
        "pages/3_Annotate.py": "Annotate",
        "pages/15_Agreement.py": "Agreement",
    },
    "Hand on": {
        "pages/9_Report.py": "Report",
        "pages/17_Import.py": "Import",
    },
    "What is used": {
        "pages/10_Prompt_banks.py": "Prompt banks",
        "pages/16_Codebooks.py": "Codebooks",
        "pages/11_Models.py": "Models",
        "pages/12_Scorers.py": "Scorers",
    },
}
"""The pages by section: title by file."""


def show_navigation() -> None:
    """Links to every page; the one that is open stands out."""
    for section, pages in SECTIONS.items():
        with st.container(gap="xxsmall"):
            if section:
                st.caption(section)
            for file, title in pages.items():
                st.page_link(file, label=title, width="stretch")
