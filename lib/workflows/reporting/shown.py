"""How the values of a report's tables are shown: on the page in the same words as in its files."""

from lib.reports.values import shown

__all__ = ["shown"]
