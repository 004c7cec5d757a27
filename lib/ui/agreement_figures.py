"""How far annotators agree: what one may claim first, then the coefficients and who says what for what."""

from itertools import combinations

import streamlit as st

from lib.charts.agreement import agreement_chart
from lib.charts.confusion import confusion_chart
from lib.types import Assignment
from lib.ui.agreement_choices import choose, choose_words, show_names
from lib.ui.agreement_gold import show_gold
from lib.ui.figure import inert, show_figure
from lib.ui.frame import Page
from lib.ui.words import distinct, plain, visible
from lib.workflows import agreement, agreement_frames
from lib.workflows.agreement import Agreements, FieldAgreement
from lib.workflows.agreement_words import RELIABLE, TENTATIVE

EVERY_COUPLE = ""
SUMMED = "Each couple of people counts both ways round, so the matrix is symmetric."
READING_LIMIT = 2_000  # characters


def show_agreement(page: Page, assignment: Assignment) -> None:
    """What can be claimed, coefficients, confusions, and where gold stands."""
    names = show_names()
    found = agreement.read(page.workbench, assignment.id, pseudonymous=not names)
    if not found.shared:
        show_too_little(found)
    else:
        for each in found.fields:
            st.markdown(f"**{plain(each.field.title)}** {plain(each.reading, READING_LIMIT)}")
        show_coefficients(found)
        show_spans(found)
        show_confusion(found)
    if found.answered:
        show_gold(page, assignment)


def show_too_little(found: Agreements) -> None:
    """What is missing before agreement can be measured, and where to go."""
    st.info(plain(found.reading, READING_LIMIT))
    id = found.assignment.id
    with st.container(horizontal=True):
        if not found.assignment.closed:
            st.page_link(
                "pages/3_Annotate.py", label="Annotate", icon=":material/edit_note:", query_params={"assignment": id}
            )
        st.page_link(
            "pages/14_Assignments.py",
            label="Invite somebody, or see how far people are",
            icon=":material/assignment:",
            query_params={"assignment": id},
        )


def show_coefficients(found: Agreements) -> None:
    """One coefficient with its intervals, field by field and label by label; all of them in the table."""
    if not any(each.overall and each.overall.items for each in found.fields):
        return
    chosen = choose_words("coefficient", "Coefficient", agreement_frames.COEFFICIENTS)
    title = agreement_frames.COEFFICIENTS[chosen]
    frame = inert(agreement_frames.coefficients_frame(found, chosen))
    show_figure(
        agreement_chart(frame, title, (TENTATIVE, RELIABLE) if chosen == "alpha" else ()),
        agreement_frames.coefficients_table(found),
        reading="",
        alt=f"{title} with 95 % intervals, field by field and label by label",
        name=f"{found.assignment.id}-agreement",
        key="agreement-coefficients",
        title=f"{found.assignment.spec.name}: {title}",
        caption=found.reading,
    )


def show_spans(found: Agreements) -> None:
    """Agreement on stretches of text."""
    frame = inert(agreement_frames.spans_frame(found))
    if frame.empty or frame["value"].isna().all():
        return
    st.subheader("Marked words", anchor=False)
    show_figure(
        agreement_chart(frame, "F1"),
        frame[["field", "label", "value", "low", "high", "items"]],
        reading="",
        alt="F1 of marked words between people, with 95 % intervals",
        name=f"{found.assignment.id}-spans",
        key="agreement-spans",
        title=f"{found.assignment.spec.name}: agreement on marked words",
    )


def show_confusion(found: Agreements) -> None:
    """Which labels people take for which."""
    fields = {
        each.field.id: each for each in found.fields if each.votes is not None and each.overall and each.overall.items
    }
    if not fields:
        return
    st.subheader("Who says what for what", anchor=False)
    left, right = st.columns(2)
    with left:
        asked = choose("confused", "Question", distinct({id: each.field.title for id, each in fields.items()}))
    with right:
        one, other = choose_couple(found)
    show_matrix(found, fields[asked], one, other)


def choose_couple(found: Agreements) -> tuple[str, str]:
    """Two annotators, or neither for all couples together."""
    couples = {f"{one} {other}": (one, other) for one, other in combinations(found.annotators, 2)}
    titles = {EVERY_COUPLE: "All couples together"} | {id: f"{one} and {other}" for id, (one, other) in couples.items()}
    return couples.get(choose("couple", "People", distinct(titles)), ("", ""))


def show_matrix(found: Agreements, asked: FieldAgreement, one: str, other: str) -> None:
    """The confusion matrix of one field."""
    frame = inert(agreement_frames.confusion_frame(found, asked, one, other))
    if not frame["count"].sum():
        st.info("These two have answered no response in common.")
        return
    same = frame.loc[frame["row_label"] == frame["column_label"], "count"].sum()
    reading = f"The same label in {same:,} of {frame['count'].sum():,} couples of answers (outlined)."
    show_figure(
        confusion_chart(frame, visible(one) or "one person", visible(other) or "another person"),
        frame.rename(columns={"row_label": one or "One", "column_label": other or "Other", "count": "Couples"}),
        reading=reading,
        alt=f"Couples of answers to “{asked.field.title}” by what each of the two said",
        name=f"{found.assignment.id}-confusion",
        key="agreement-confusion",
        title=f"{found.assignment.spec.name}: {asked.field.title}",
        caption="" if one else SUMMED,
    )
