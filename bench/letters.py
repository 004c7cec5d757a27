"""The real grid that `bench.generation` measures with: 256 distinct prompts for reference letters."""

from lib import settings
from lib.banks.check import BANK
from lib.models.bundled import BUNDLED_ID
from lib.types import Decoding, Dtype, GridSpec
from lib.yaml_files.shelf import Shelf

NEW_TOKENS = 48
TOP_K = 50


def letters(cells: int = 256, dtype: Dtype = Dtype.FP32) -> GridSpec:
    """The grid, with only the first occupations when fewer than 256 cells are wanted: 32 cells an occupation."""
    bank = Shelf(settings.banks_path(), BANK).get("reference_letters")
    occupations = tuple(value.id for value in bank.contexts[0].values)
    return GridSpec(
        name="bench: reference letters",
        bank=bank.id,
        vary=("gender",),
        models=(BUNDLED_ID,),
        groups={"gender": ("woman", "man")},
        contexts={"occupation": occupations[: max(1, cells // 32)]},
        templates=("letter", "pronoun", "quality", "concern"),
        decodings=(Decoding(temperature=1.0, top_k=TOP_K, max_new_tokens=NEW_TOKENS),),
        seed=2026,
        dtype=dtype,
    )
