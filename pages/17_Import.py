"""Import: what others sealed or recorded, taken in beside one's own audits."""

import streamlit as st

from lib.ui.bundle_check import show_handed
from lib.ui.frame import open_page
from lib.ui.import_empty import show_sorts
from lib.ui.import_recorded import show_recorded
from lib.ui.import_upload import choose_file, name_for
from lib.workflows.bundling.open import is_bundle

with open_page("Import", ":material/upload_file:") as page:
    path = choose_file()
    if path is None:
        show_sorts()
        st.stop()
    show = show_handed if is_bundle(path) else show_recorded
    show(page, path, name_for(path))
