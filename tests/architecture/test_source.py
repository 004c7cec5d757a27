from tests.architecture.source import imports

SAMPLE = """
import os.path, torch as t
from lib.ui import frame, inert
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import duckdb
else:
    import json
try:
    import openai
except ImportError:
    pass
class Holder:
    import peft
    def method(self):
        import transformers
async def later():
    from streamlit import text
"""


def test_every_import_is_found():
    """Imports are found however deep they stand, each name of a `from` by itself."""
    assert imports(SAMPLE) == {
        "os.path",
        "torch",
        "lib.ui.frame",
        "lib.ui.inert",
        "typing.TYPE_CHECKING",
        "duckdb",
        "json",
        "openai",
        "peft",
        "transformers",
        "streamlit.text",
    }


def test_what_importing_loads():
    """Imports inside functions and those for type checkers are not loaded with the module."""
    assert imports(SAMPLE) - imports(SAMPLE, at_import=True) == {"duckdb", "transformers", "streamlit.text"}
