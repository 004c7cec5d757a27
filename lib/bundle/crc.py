"""Where one byte was changed, from the CRC-32 of what was there before.

The difference of two CRC-32 values depends on which byte was changed how, and not on the rest; so one can step back
from the end of the block and look whether the difference is one that a single byte makes there.
"""

import zlib
from collections.abc import Iterator

_POLYNOMIAL = 0xEDB88320


def _table() -> list[int]:
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (_POLYNOMIAL if value & 1 else 0)
        table.append(value)
    return table


_STEP = _table()
_BY_TOP_BYTE = {value >> 24: index for index, value in enumerate(_STEP)}


def one_byte_changes(content: memoryview, was: int) -> Iterator[tuple[int, int]]:
    """(place, what the byte was) of each single byte that, put back, gives `content` the CRC-32 `was`, the last first.

    In a block of a kilobyte there is hardly ever more than one; whoever asks makes sure with a longer digest.
    """
    difference = zlib.crc32(content) ^ was
    if not difference:
        return
    for place in range(len(content) - 1, -1, -1):
        index = _BY_TOP_BYTE[difference >> 24]
        if difference == _STEP[index]:
            yield place, content[place] ^ index
        difference = ((difference ^ _STEP[index]) << 8) | index
