"""Where words stand: a half-open interval of characters in one page's stored text, and boxes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters [start, end) of a page's stored text; never empty, never negative."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not [{self.start}, {self.end})")

    def cut(self, text: str) -> str:
        """The words the span covers.

        Raises:
            ValueError: the span reaches beyond the text.
        """
        if self.end > len(text):
            raise ValueError(
                f"span [{self.start}, {self.end}) reaches beyond {len(text)} characters"
            )
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two have a character in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in PDF points, origin at the top left of the upright page."""

    left: float
    top: float
    right: float
    bottom: float
