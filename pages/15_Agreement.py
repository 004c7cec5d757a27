"""Agreement: how far annotators say the same, what is decided where they do not, and how scorers do against both."""

from lib.ui.agreement_views import VIEWS, choose_view
from lib.ui.frame import open_page

with open_page("Agreement", ":material/handshake:") as page:
    assignment, view = choose_view(page)
    VIEWS[view](page, assignment)
