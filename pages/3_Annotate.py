"""Annotate: one response at a time, with the keyboard."""

from lib.ui.annotate_desk import show_desk
from lib.ui.annotate_start import show_desk_in_sidebar, sit_down
from lib.ui.frame import open_page
from lib.ui.notice import require_notice
from lib.workflows import annotate

with open_page("Annotate", ":material/edit_note:") as page:
    sitting = sit_down(page)
    require_notice(annotate.banks(page.workbench, sitting.desk.assignment))
    show_desk_in_sidebar(page, sitting)
    show_desk(page, sitting)
