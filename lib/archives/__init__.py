"""Archives from elsewhere, read without trusting them: no path leaves, no bomb unpacks, nothing is a link.

Nothing is ever written to disk, and no number that an archive states of itself is believed: what a header says is first
held against the limits, then what really comes out is held against the header.
"""

from lib.archives.archive import Archive, open_archive
from lib.archives.limits import Limits

__all__ = ["Archive", "Limits", "open_archive"]
