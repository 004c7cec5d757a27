"""Models: the catalogue, what is here, and how to add one."""

import pandas as pd
import streamlit as st

from lib.charts.rates import rates_chart
from lib.ui.address import choose_one
from lib.ui.frame import open_page
from lib.ui.model_form import add_model
from lib.ui.model_view import show_model
from lib.ui.words import distinct
from lib.workflows import models

with open_page("Models", ":material/neurology:") as page:
    views = {view.entry.id: view for view in models.models(page.workbench)}
    names = distinct({id: view.entry.title for id, view in views.items()})
    rates = [(view.entry.title, view.rate.dtype, view.rate.tokens_per_second) for view in views.values() if view.rate]
    if rates:
        frame = pd.DataFrame(rates, columns=["model", "dtype", "tokens_per_second"])
        st.altair_chart(rates_chart(frame), alt="Tokens a second of each model measured on this computer")
    overview, adding = st.tabs(["Catalogue", "Add a model"], key="models-tab", on_change="rerun")
    with overview:
        st.dataframe(
            pd.DataFrame(
                {
                    "Model": [view.entry.title for view in views.values()],
                    "Here": ["here" if view.here else "not yet" for view in views.values()],
                    "Kind": [view.entry.kind.value for view in views.values()],
                    "Licence": [view.entry.licence for view in views.values()],
                    "Parameters (millions)": [(view.entry.parameters or 0) / 1e6 or None for view in views.values()],
                    "Made from": [" ← ".join(item.title for item in view.lineage[1:]) for view in views.values()],
                }
            ),
            hide_index=True,
            alt="The catalogue of models",
            column_config={
                "Model": st.column_config.TextColumn(width=330),
                "Here": st.column_config.TextColumn(width=60),
                "Kind": st.column_config.TextColumn(width=60),
                "Licence": st.column_config.TextColumn(width=90),
                "Parameters (millions)": st.column_config.NumberColumn("Parameters", format="%.0f M", width=90),
                "Made from": st.column_config.TextColumn(width=330),
            },
        )
        show_model(page, views[choose_one("models", "model", "Show", names)])
    with adding:
        add_model(page)
