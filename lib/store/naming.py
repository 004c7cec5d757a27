"""Ids that people can read, type and tell apart."""

import re
import secrets
import unicodedata
from datetime import datetime

MAX_SLUG = 32


def slug(name: str) -> str:
    """Lower-case ASCII letters, digits and hyphens that recall `name`; may be empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:MAX_SLUG].strip("-")


def run_id(name: str, created: datetime) -> str:
    """Such as 20261123-0915-hiring-letters-3f2a: sorts by time, recalls the name, never meets another."""
    return "-".join(part for part in (f"{created:%Y%m%d-%H%M}", slug(name), secrets.token_hex(2)) if part)


def grid_id(name: str) -> str:
    """Such as hiring-letters-3f2a81."""
    return "-".join(part for part in (slug(name), secrets.token_hex(3)) if part)
