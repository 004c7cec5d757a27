"""Next token: what a model would say next, for each group side by side."""

from lib.ui.frame import open_page
from lib.ui.next_token_form import choose_question
from lib.ui.next_token_view import answer_of, show_answer

with open_page("Next token", ":material/keyboard_double_arrow_right:") as page:
    question = choose_question(page.workbench)
    answer = answer_of(page.workbench, question)
    if answer:
        show_answer(question, answer)
