"""What is left of words that were struck out: nothing but the white space in them, and a warning.

They no longer hold, as deleted ones do; a file reader that prints them would cite an old dose.
"""

from typing import Final

STRUCK_OUT: Final = "struck-out text was left out"


def gap_of(before: str, words: str) -> str:
    """A space where struck-out words held one: `30`, ` 25 ` and `20` do not make 3020."""
    is_parted = not before or before[-1].isspace()
    return " " if not is_parted and any(character.isspace() for character in words) else ""
