"""Names on a map: short enough, and none over another."""

import unicodedata

import pandas as pd

WIDTH, HEIGHT = 530, 520
"""About how many pixels a map has; a narrower one lets names come closer."""

LONGEST = 28  # characters of a name
WIDE = 7.0  # pixels of a character; East Asian ones have twice as many
TALL = 16.0  # pixels of a line
APART = 4.0  # pixels between names
NUDGES = (0.0, TALL + APART, -TALL - APART)
"""How far up or down a name may give way before it is left out."""


def names_that_fit(names: pd.DataFrame, x_domain: tuple[float, float], y_domain: tuple[float, float]) -> pd.DataFrame:
    """The names that have room, in the order given, moved inside where they would stick out.

    Args:
        names: columns x, y and name, the most important first.
    """
    taken: list[tuple[float, float, float]] = []
    kept: list[tuple[float, float, str]] = []
    for x, y, name in zip(names["x"], names["y"], names["name"], strict=True):
        if not (text := shortened(str(name))) or not (within(x, x_domain) and within(y, y_domain)):
            continue
        half = min(width(text) / 2, WIDTH / 2)
        across = inside(pixels(x, x_domain, WIDTH), half, WIDTH)
        down = inside(pixels(y, y_domain, HEIGHT), TALL / 2, HEIGHT)
        places = ((across, inside(down + nudge, TALL / 2, HEIGHT), half) for nudge in NUDGES)
        place = next((each for each in places if not any(collide(each, other) for other in taken)), None)
        if place:
            taken.append(place)
            kept.append((back(place[0], x_domain, WIDTH), back(place[1], y_domain, HEIGHT), text))
    return pd.DataFrame(kept, columns=["x", "y", "name"])


def shortened(name: str) -> str:
    """A name on one line, cut with an ellipsis."""
    name = " ".join(name.split())
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip(' ,;·')}…"


def width(text: str) -> float:
    """About how many pixels a text takes up."""
    return WIDE * sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def within(value: float, domain: tuple[float, float]) -> bool:
    """Whether a coordinate is on the map; not so for NaN."""
    return domain[0] <= value <= domain[1]


def pixels(value: float, domain: tuple[float, float], size: float) -> float:
    """A coordinate as pixels from the domain's lower end."""
    low, high = domain
    return size * (value - low) / (high - low) if high > low else size / 2


def back(place: float, domain: tuple[float, float], size: float) -> float:
    """Pixels as a coordinate."""
    return round(domain[0] + place / size * (domain[1] - domain[0]), 4)


def inside(place: float, half: float, size: float) -> float:
    """The middle nearest to this one from which half a text does not stick out."""
    return min(max(place, half), size - half)


def collide(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Whether two texts, by middle and half their width, lie over one another or nearly so."""
    return abs(one[0] - other[0]) < one[2] + other[2] + APART and abs(one[1] - other[1]) < TALL + APART
