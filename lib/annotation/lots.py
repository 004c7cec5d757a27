"""Drawing lots: a number for each thing by its name, so that a draw does not depend on the order things come in."""

from hashlib import blake2b


def lot(seed: int, purpose: str, *names: object) -> float:
    """A number from 0 up to 1 that belongs to these names; another purpose or seed gives an unrelated one.

    Sorted by their lots, things stand in a random order: the same on every machine and in every version.
    """
    key = "\x1f".join(str(part) for part in (seed, purpose, *names)).encode("utf-8", "surrogatepass")
    bits = int.from_bytes(blake2b(key, digest_size=8).digest(), "big")
    return (bits >> 11) / 2**53
