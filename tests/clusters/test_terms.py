import pytest

from lib.clusters.terms import stop_words, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The nurse’s well-being: a 3rd time!", ["the", "nurse", "well-being", "rd", "time"]),
        ("O'Brien's DON’T — x -y z_z", ["o'brien", "don't"]),
        ("Врач и медсестра, CAFÉ", ["врач", "медсестра", "café"]),
        ("हिन्दी भाषा و اللُّغة", ["हिन्दी", "भाषा", "اللُّغة"]),
        ("医生很好GPT", ["医生", "生很", "很好", "gpt"]),
        ("", []),
        ("!?  12 🙂", []),
    ],
)
def test_words(text, expected):
    """Two letters or more of any script, lower case, with what joins them; Chinese in pairs of characters."""
    assert words(text) == expected


def test_terms():
    """Words without stop words and what is attached to them, and pairs of what is left."""
    stop = stop_words(["African American"])
    told = terms("I don't think it’ll help the African nurse's new patients", stop)
    assert told == [
        "think",
        "help",
        "nurse",
        "new",
        "patients",
        *("think help", "help nurse", "nurse new"),
        "new patients",
    ]
    assert terms("nurse nurse", stop) == ["nurse", "nurse"]
    assert terms("医生好", stop) == ["医生", "生好"]
