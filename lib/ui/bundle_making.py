"""Making a bundle: everything needed to check an audit in one file, and the seal that is published beside it."""

import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path

import streamlit as st

from lib.ui.frame import Page
from lib.ui.import_work import Work, begin, outcome
from lib.ui.words import count, plain
from lib.workflows.bundling.write import Written, bundle
from lib.workflows.workbench import Workbench

ABOUT = (
    "Data, grid, bank, codebooks, annotations with their history, versions, seeds, and every number of the report with "
    "how it was computed. Whoever has it can compute all of them again and see every byte that was changed."
)
SEAL = (
    "Publish the report with this seal. Whoever checks the bundle gives it to “Verify”: a bundle that was altered and "
    "sealed anew has another one."
)
ENDING = "evenhand.zip"


def show_bundle(page: Page, run_id: str) -> None:
    """Make the bundle, then take it along."""
    with st.popover("Bundle", icon=":material/inventory_2:", key="report-bundle"):
        st.caption(ABOUT)
        names = st.toggle(
            "With the names of annotators and authors",
            key="bundle-names",
            help="They get pseudonyms otherwise. Ask them before you hand their names on.",
        )
        key = f"bundle-{run_id}-{'names' if names else 'pseudonyms'}"
        if st.button("Make the bundle", key=f"{key}-make", type="primary", icon=":material/inventory_2:"):
            folder = tempfile.TemporaryDirectory(prefix="evenhand-")
            path = Path(folder.name) / f"{run_id}.{ENDING}"
            begin(key, Work("Collecting", keep=folder), partial(write, page.workbench, run_id, path, names))
        made = outcome(key)
        if made is not None and made.result is not None:
            show_made(made.result, key)


def write(workbench: Workbench, run_id: str, path: Path, names: bool, work: Work) -> Written:
    """Write it, telling the bar what goes on."""
    return bundle(workbench, run_id, path, names=names, progress=work.tell)


def show_made(written: Written, key: str) -> None:
    """The finished bundle with its seal."""
    sealed = datetime.fromtimestamp(written.path.stat().st_mtime).astimezone()
    st.success(
        f"{count(written.facts, 'number')}, {written.bytes / 1e6:,.1f} MB, as it was at {sealed:%H:%M}. Make it anew "
        "after you changed something.",
        title="Sealed",
        icon=":material/verified:",
    )
    for said in written.completed:
        st.info(plain(said, 500), icon=":material/info:")
    if written.names_left:
        st.warning(
            plain(f"People typed names: {'; '.join(written.names_left)}.", 2_000),
            title="It names people",
            icon=":material/person_alert:",
        )
    st.caption("Seal")
    st.code(written.seal, language=None, wrap_lines=True)
    st.caption(SEAL)
    st.download_button(
        "Download the bundle",
        written.path.read_bytes,
        written.path.name,
        key=f"{key}-download",
        on_click="ignore",
        icon=":material/download:",
        width="stretch",
    )
