"""The English indefinite article, chosen by the sound that follows: "an hour", "a European", "an MBA".

Rules, first match wins; they look at the first word only:

1. Numbers as they are read: "an 8-year-old", "an 18th", "an 1100-seat hall", "a 1,100-seat hall".
2. Capitals by the names of their letters: "an HR manager", "a UN envoy", "an X-ray"; except
   those read as words: "a NASA engineer".
3. A silent h: "an heir". A vowel letter that sounds like y or w: "a union", "a one-off".
4. Any other vowel letter takes "an".
"""

import re
import unicodedata
from functools import lru_cache

_VOWEL_SOUND_LETTERS = "AEFHILMNORSX"
_READ_AS_WORDS = {"FEMA", "FIFA", "LAN", "NASA", "NATO", "RAM", "ROM", "SIM", "STEM", "SWAT"}
_SILENT_H = re.compile(r"hour|honest|honou?r|heir", re.IGNORECASE)
_CONSONANT_SOUND = re.compile(
    r"""eu | ew                      # European, ewe
      | on(e|ce)(?![a-z])            # one-off, once
      | uni(?!m|n|de|r|ll|ss)        # university, union; not unimportant, uninsured, unidentified
      | unanim                       # unanimous; not unable
      | u(bi|fo|ga|ig|k|s[aeu]|t[aeio]|yg)  # Ugandan, Uighur, user, utility; not ugly, usher, utter
      | ur[aeiou]                    # urologist, Uruguayan; not urban
    """,
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=1024)  # a grid asks for the few words of its terms again and again
def with_article(text: str) -> str:
    """`text` with "a" or "an" in front."""
    return f"{'an' if _begins_with_vowel_sound(text) else 'a'} {text}"


def _begins_with_vowel_sound(text: str) -> bool:
    unaccented = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    first = re.search(r"\d[\d,]*|[^\W\d_]+", unaccented)
    if first is None:
        return False
    word = first[0]
    if word[0].isdigit():
        return _number_begins_with_vowel_sound(word)
    if _is_spelled_out(word):
        return word[0].upper() in _VOWEL_SOUND_LETTERS
    if _SILENT_H.match(word):
        return True
    return word[0] in "aeiouAEIOU" and not _CONSONANT_SOUND.match(word)


def _number_begins_with_vowel_sound(number: str) -> bool:
    """Whether a number is read from eight, eleven or eighteen on."""
    if re.fullmatch(r"1[18]\d\d", number):  # eleven hundred, the 1800s
        return True
    digits = number.replace(",", "")
    first_group = digits[: len(digits) % 3 or 3]
    return first_group in ("11", "18") or first_group.startswith("8")


def _is_spelled_out(word: str) -> bool:
    """Whether a word is read letter by letter: "X", "HR", "MSc", "LGBTQ", any in capitals from U on ("UNICEF")."""
    if len(word) == 1:
        return True
    if not word[:2].isupper() or word in _READ_AS_WORDS:
        return False
    return len(word) <= 4 or word[0] == "U" or not set(word[1:3]) & set("AEIOUY")
