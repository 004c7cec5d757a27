"""What an import would store, looked at before anything is."""

from pathlib import Path

import pandas as pd
import streamlit as st

from lib.charts.group_counts import group_counts_chart
from lib.ui.words import count, plain, visible
from lib.workflows.importing.columns import Mapping
from lib.workflows.importing.options import ImportOptions
from lib.workflows.importing.preview import Preview, preview

EXCERPT = 300  # characters
SHOWN = 8
MANY_GROUPS = 40
ROWS_HEIGHT = 330  # pixels


@st.cache_resource(max_entries=12, show_spinner="Reading the file …")
def look(path: str, changed: float, mapping: Mapping | None, options: ImportOptions) -> Preview:  # noqa: ARG001 - a changed file is another one
    """A file with its columns so meant, read through once."""
    return preview(Path(path), mapping, options)


def looked(path: Path, mapping: Mapping | None = None, options: ImportOptions | None = None) -> Preview:
    """As `look`, of the file as it is now.

    Raises:
        InterchangeError: the file cannot be read, or the mapping does not fit it.
    """
    return look(str(path), path.stat().st_mtime, mapping, options or ImportOptions())


def show_preview(found: Preview) -> None:
    """Numbers, groups, problems and the first rows."""
    show_numbers(found)
    if found.problems:
        listed = "\n".join(f"- {plain(problem, 1_000)}" for problem in found.problems)
        st.warning(listed, title="What limits this import", icon=":material/warning:")
    for note in found.notes:
        st.caption(f":material/info: {plain(note, 1_000)}")
    if found.extras:
        st.caption(f"Kept with each output, without a meaning here: {plain(', '.join(found.extras), 1_000)}")
    rows, groups = st.columns([3, 1.4], gap="medium")
    with rows:
        show_rows(found)
    with groups:
        show_groups(found)


def show_numbers(found: Preview) -> None:
    """How much is in it."""
    sets = found.sets
    numbers = {
        "Outputs": (found.counts.outputs, None),
        "Models": (len(found.models), ", ".join(list(found.models)[:SHOWN])),
        "Groups": (len(found.groups), None),
        "Complete matched sets": (sets.complete, "They have an output of every group."),
        "Incomplete": (sets.incomplete + sets.alone, "They lack some groups, and are compared as far as they go."),
    }
    for column, (title, (number, help)) in zip(st.columns(len(numbers)), numbers.items(), strict=True):
        column.metric(title, f"{number:,}", help=plain(help) if help else None)


def show_rows(found: Preview) -> None:
    """The first outputs, as they would be stored."""
    st.markdown("**The first outputs**")
    st.dataframe(
        pd.DataFrame(
            {
                "Where": [visible(row.place) for row in found.rows],
                "Group": [visible(row.group) for row in found.rows],
                "Prompt": [excerpt(row.prompt) for row in found.rows],
                "Completion": [excerpt(row.completion) for row in found.rows],
                "Set": [visible(row.set) for row in found.rows],
                "Held fixed": [excerpt(row.held) for row in found.rows],
                "Model": [visible(row.model) for row in found.rows],
                "Outcome": [row.outcome for row in found.rows],
            }
        ),
        hide_index=True,
        height=ROWS_HEIGHT if len(found.rows) > SHOWN else "auto",
        column_config={
            "Prompt": st.column_config.TextColumn(width="medium"),
            "Completion": st.column_config.TextColumn(width="medium"),
        },
        alt="The first outputs of the file, as they would be stored",
    )


def show_groups(found: Preview) -> None:
    """How many outputs there are of each group."""
    st.markdown("**By group**")
    if not found.groups:
        st.info("No output has a group yet.")
        return
    largest = sorted(found.groups.items(), key=lambda item: -item[1])[:MANY_GROUPS]
    frame = pd.DataFrame([(visible(group), number) for group, number in largest], columns=["group", "count"])
    with st.container(height=ROWS_HEIGHT if len(largest) > SHOWN else "content", border=False):
        st.altair_chart(group_counts_chart(frame), alt="How many outputs there are of each group")
    if (more := len(found.groups) - len(largest)) > 0:
        st.caption(f"And {count(more, 'smaller group')}.")


def excerpt(text: str) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text[: 2 * EXCERPT].split())
    return visible(line[:EXCERPT])
