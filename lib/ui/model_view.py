"""One model of the catalogue: what it is, what it was made from, how fast it was here."""

from collections.abc import Iterator

import streamlit as st

from lib.ui.confirm import confirmed
from lib.ui.frame import READ_ONLY, Page
from lib.ui.words import plain
from lib.workflows import models
from lib.workflows.models import ModelView

GIB = 2**30


def show_model(page: Page, view: ModelView) -> None:
    """Facts, lineage and, for added ones, removal."""
    entry = view.entry
    st.subheader(plain(entry.title), anchor=False)
    with st.container(horizontal=True):
        st.badge(
            "here" if view.here else "not here yet",
            icon=":material/check_circle:" if view.here else ":material/cloud_download:",
            color="green" if view.here else "gray",
        )
        st.badge(f"{entry.kind} model", color="blue")
        if view.rate:
            st.badge(f"{view.rate.tokens_per_second:,.0f} tokens/s here in {view.rate.dtype}", color="gray")
    st.caption(plain(view.detail, 500))
    st.text(facts(view))
    if len(view.lineage) > 1:
        st.markdown("**Lineage**")
        st.text("\n".join(lineage(view)))
    why = READ_ONLY if page.locked else "It comes with Evenhand."
    question = f"Take “{entry.title}” out of the catalogue? Files and finished runs are left alone."
    if confirmed("Remove", question, "Remove it", "model-remove", disabled=page.locked or not view.added, why=why):
        models.remove(page.workbench, entry.id)
        st.rerun()


def facts(view: ModelView) -> str:
    """What is known of a model, a line each; what is not known is left out."""
    entry = view.entry
    known = {
        "Id": entry.id,
        "Reached through": entry.backend,
        "Location": entry.location,
        "Revision": entry.revision,
        "Served as": entry.served_name,
        "Licence": entry.licence,
        "Source": entry.source,
        "Parameters": f"{entry.parameters / 1e6:,.0f} million" if entry.parameters else "",
        "Size": f"{entry.size_bytes / GIB:.2f} GiB" if entry.size_bytes else "",
        "Key from": entry.key_env,
        "Note": entry.note,
    }
    return "\n".join(f"{name}: {value}" for name, value in known.items() if value)


def lineage(view: ModelView) -> Iterator[str]:
    """The model and what it was made from, a line each, back to the first ancestor."""
    for depth, ancestor in enumerate(view.lineage):
        how = f" ({ancestor.method})" if ancestor.method else ""
        yield f"{'    ' * depth}{'└ made from ' if depth else ''}{ancestor.title}{how}"
