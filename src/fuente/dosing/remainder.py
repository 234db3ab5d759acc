"""What is left of a phrase while its parts are recognised one after the other.

A recognised stretch is blanked so that no second reader takes it for something else. Offsets never
change.
"""

import re
from typing import Final

# Stands for words that are already understood; no pattern of any reader matches it.
BLANK: Final = "§"


class Remainder:
    """A phrase in plain lower case whose understood parts are blanked."""

    def __init__(self, words: str) -> None:
        self.words = words

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of the pattern, which is then blanked."""
        match = pattern.search(self.words)
        if match is not None:
            self.blank(match.start(), match.end())
        return match

    def blank(self, start: int, end: int) -> None:
        """Take [start, end) out of the phrase, keeping every other place where it was."""
        self.words = self.words[:start] + BLANK * (end - start) + self.words[end:]
