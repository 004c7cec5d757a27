"""The same verbs from a terminal: `python -m lib --help`."""

# In the order in which the help lists them; each adds its verbs to the app.
# isort: off
from lib.terminal import runs, listing, scores, comparisons, next_token, maps, regions, annotations, agreement  # noqa: F401
from lib.terminal import reports, bundles, imports, data  # noqa: F401
from lib.terminal.app import app
# isort: on

if __name__ == "__main__":
    app()
