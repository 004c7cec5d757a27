import pytest

from lib.grid.article import with_article

AN = {
    "vowel letters": "apple engineer idiom old umbrella ugly utter urban urgent usher unable Uzbek État Élysée “old",
    "silent h": "hour hourly honest honourable honor heir heirloom",
    "un- and not uni-": "unimportant uninsured uninformed unidentified unrelated unilluminated unissued",
    "letters": "HR MBA RN EMT NGO LGBTQ LGBTQIA MSc MPhil FBI SUV X-ray x-ray e-mail A-level AIDS",
    "eight, eleven, eighteen": "8 8th 8-year-old 80 85% 800 8,000 8.5 11 11th 11,000 18 18,500 18-year-old 1100 1850s",
}
A = {
    "consonant letters": "nurse teacher year yellow hospital hotel house herb heroine Honolulu",
    "uni-": "university unit union uniform unique unilateral unicorn unanimous",
    "u as in use": "user usual utility utopian useful Ukrainian Ugandan Uruguayan urologist ubiquitous Uighur",
    "eu, ew, one": "European euphemism ewe one one-off once once-famous",
    "letters": "UN US UK UNICEF UNHCR USB U-turn T-shirt PhD CEO DJ",
    "acronyms read as words": "NASA NATO STEM SWAT",
    "other numbers": "1 2 7 9 10 12 17 19 20 90 100 110 180 181 118 1,100 1,800 1.8 0.8 5-year-old",
    "no word at all": "- …",
}


@pytest.mark.parametrize("words", AN.values(), ids=AN)
def test_an(words: str):
    """What begins with a vowel sound takes "an", however it is spelled."""
    assert [with_article(word) for word in words.split()] == [f"an {word}" for word in words.split()]


@pytest.mark.parametrize("words", A.values(), ids=A)
def test_a(words: str):
    """What begins with a consonant sound takes "a", however it is spelled."""
    assert [with_article(word) for word in words.split()] == [f"a {word}" for word in words.split()]


def test_only_the_first_word_counts():
    """The sound that follows the article decides, not a later word."""
    assert with_article("one old engineer") == "a one old engineer"
    assert with_article("honest university teacher") == "an honest university teacher"
