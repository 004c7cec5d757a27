"""Words that set each group apart inside one region of a map."""

import numpy as np

from lib.workflows.atlas import OpenMap
from lib.workflows.map_subjects import compared, groups_in, subject_of
from lib.workflows.words import Distinctive, typical
from lib.workflows.workbench import Workbench


def region_words(
    workbench: Workbench, opened: OpenMap, subject_id: str, region: int, kept: np.ndarray | None = None
) -> Distinctive:
    """The words of each group's responses in a region, against those of the other groups in the same matched sets.

    Raises:
        StatsError: one group only, no matched set of which all groups lie there, or too few words.
    """
    subject = subject_of(workbench, opened, subject_id)
    frame = compared(workbench, opened, subject, kept)
    frame = frame[frame["region"] == region]
    texts: dict[tuple[str, int], str] = {}
    for run, its in frame.groupby("run", sort=False):
        nos = its["no"].tolist()
        texts |= {(str(run), no): text for no, text in workbench.store.scores.texts(str(run), nos)}
    read = [texts[key] for key in zip(frame["run"], frame["no"], strict=True)]
    return typical(frame, read, {group: subject.titles[group] for group in groups_in(frame, subject)})
