"""The small audit that shows the whole way in about two minutes on the bundled model."""

from lib.models.bundled import BUNDLED_ID
from lib.types import Decoding, GridSpec
from lib.workflows import run
from lib.workflows.workbench import Workbench


def spec() -> GridSpec:
    """Ideal candidates for a few jobs, asked for with and without naming a gender."""
    return GridSpec(
        name="Example: ideal candidates",
        bank="ideal_candidates",
        vary=("gender",),
        models=(BUNDLED_ID,),
        templates=("describe", "strength_weakness"),
        contexts={"occupation": ("manager", "nurse", "software_engineer", "kindergarten_teacher", "pilot", "judge")},
        decodings=(Decoding(temperature=0.7, top_p=0.95, max_new_tokens=96),),
        seed=2026,
    )


def start(workbench: Workbench) -> str:
    """Queue the example audit; gives the run id."""
    return run.start(workbench, spec())
