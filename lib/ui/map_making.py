"""Making a map: which responses, and how; what a first map does not need is folded away."""

from dataclasses import replace

import streamlit as st

from lib.types import Dtype, MapSettings, Projection, ResponseFilter
from lib.ui.address import go_to
from lib.ui.charts_choices import said
from lib.ui.frame import Page
from lib.ui.map_address import making_key, publish_making
from lib.ui.response_filter import parameters
from lib.ui.rest_of_filter import choose_rest
from lib.ui.selection_chip import choose_selection
from lib.ui.troubles import told
from lib.ui.words import distinct, visible
from lib.workflows import maps, read, run

BUNDLED, OWN = "bundled", "own"
EMBEDDERS = {BUNDLED: "all-MiniLM-L6-v2 (comes with Evenhand)", OWN: "Another sentence-transformers model"}
PROJECTIONS = {
    Projection.PACMAP: "PaCMAP: fast, keeps both neighbours and the large picture",
    Projection.UMAP: "UMAP: widely known, ten times slower",
}
NEUTRAL = (
    "Names of groups, pronouns and gendered words become one placeholder before the meaning is computed, so that "
    "regions are about what is said and not about whom. Turned off, groups may form regions of their own."
)
LARGEST_SEED = 2**31 - 1
USUAL = 0


def make_one(page: Page) -> None:
    """The form, or what has to be there first."""
    infos = sorted(
        (info for info in run.runs(page.workbench) if info.done), key=lambda info: info.created, reverse=True
    )
    if not infos:
        st.info("There is nothing to map yet: a map needs a run with responses.")
        st.page_link("pages/1_Build_grid.py", label="Build a grid", icon=":material/grid_on:")
        return
    form, side = st.columns([6, 5], gap="large")
    with form:
        wanted = choose_responses(page, distinct({info.id: info.name for info in infos}))
        settings = choose_settings()
        name = choose_name(page, wanted, {info.id: info.name for info in infos})
    publish_making(wanted)
    with side:
        show_amount(page, wanted)
        start_button(page, name, wanted, settings)


def choose_responses(page: Page, names: dict[str, str]) -> ResponseFilter:
    """The audits and what else restricts them."""
    key = making_key("run")
    asked = st.session_state.get(key)
    st.session_state[key] = [] if asked is None else [id for id in asked if id in names]
    runs = tuple(
        st.multiselect(
            "Audits", list(names), format_func=said(names), placeholder="All audits", key=key, persist_state="session"
        )
    )
    selection = choose_selection(page.workbench, making_key("selection"))
    rest = choose_rest(page.workbench, read.facets(page.workbench), making_key)
    return replace(rest, runs=runs, selection=selection)


def choose_settings() -> MapSettings:
    """How the map is made."""
    neutral = st.toggle("Neutral wording", True, key=making_key("neutral"), help=NEUTRAL, persist_state="session")
    with st.expander("How the map is made", icon=":material/tune:"):
        embedder = choose_embedder()
        exact = st.toggle(
            "Exact vectors (fp32)",
            False,
            key=making_key("exact"),
            persist_state="session",
            help="Else they are computed in bf16 where the processor can: faster, cosine to exact ones above 0.995.",
        )
        projection = st.selectbox(
            "Layout",
            list(PROJECTIONS),
            format_func=PROJECTIONS.__getitem__,
            key=making_key("projection"),
            persist_state="session",
        )
        left, right = st.columns(2)
        smallest = left.number_input(
            "Smallest region",
            0,
            100_000,
            USUAL,
            key=making_key("smallest"),
            persist_state="session",
            help="How many responses a region has at least. 0 decides by their number: half its square root.",
        )
        seed = right.number_input(
            "Seed",
            0,
            LARGEST_SEED,
            0,
            key=making_key("seed"),
            persist_state="session",
            help="The same responses with the same seed make the same map.",
        )
    dtype = Dtype.FP32 if exact else Dtype.BF16
    return MapSettings(embedder, dtype, neutral, projection, smallest, seed)


def choose_embedder() -> str:
    """Which model turns texts into vectors; "" is the bundled one."""
    which = st.selectbox(
        "Embedding model",
        list(EMBEDDERS),
        format_func=EMBEDDERS.__getitem__,
        key=making_key("embedder"),
        persist_state="session",
    )
    if which == BUNDLED:
        return ""
    given = st.text_input(
        "Folder or Hugging Face id",
        placeholder="sentence-transformers/all-mpnet-base-v2",
        key=making_key("location"),
        persist_state="session",
        help="safetensors only; an id is fetched when the map is made.",
    )
    return (given or "").strip()


def choose_name(page: Page, wanted: ResponseFilter, names: dict[str, str]) -> str:
    """What the map is called: left empty, after its audits."""
    usual = names[wanted.runs[0]] if len(wanted.runs) == 1 else "All audits" if not wanted.runs else "Several audits"
    taken = {info.name for info in maps.all(page.workbench)}
    numbered = (usual if number == 1 else f"{usual} {number}" for number in range(1, len(taken) + 2))
    usual = next(name for name in numbered if name not in taken)
    given = st.text_input("Name", placeholder=visible(usual), key=making_key("name"), persist_state="session")
    return (given or "").strip() or usual


def show_amount(page: Page, wanted: ResponseFilter) -> None:
    """How many responses that is, and where to look at them first."""
    answered = maps.count(page.workbench, wanted)
    st.metric("Responses on the map", f"{answered:,}", help="Empty ones have no place; the map says how many.")
    st.caption(
        "Each different text is embedded once, here on this computer, and kept: a second map of the same responses is "
        "there in seconds. You can leave the page meanwhile."
    )
    st.page_link(
        "pages/4_Responses.py", label="Look at them first", icon=":material/forum:", query_params=parameters(wanted)
    )


def start_button(page: Page, name: str, wanted: ResponseFilter, settings: MapSettings) -> None:
    """Map, and show the map as it is made."""
    if page.button("Map", "map-make", type="primary", icon=":material/scatter_plot:"):
        with told():
            go_to("map", maps.create(page.workbench, name, wanted, settings))
