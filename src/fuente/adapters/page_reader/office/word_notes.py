"""The marks of footnotes and endnotes, numbered as they are referred to."""

from typing import Final

from fuente.adapters.page_reader.office.word_lists import roman
from fuente.adapters.page_reader.raised import raised_number

_RAISED_ROMAN: Final = str.maketrans("ivxlcdm", "ⁱᵛˣˡᶜᵈᵐ")

Note = tuple[str, str]
"""Whether it is a `footnote` or an `endnote`, and its identifier in its part."""


class NoteMarks:
    """Gives each note its mark at the first reference to it."""

    def __init__(self) -> None:
        self._marks: dict[Note, str] = {}
        self._counts = {"footnote": 0, "endnote": 0}

    def mark(self, kind: str, identifier: str, *, own_mark: bool = False) -> str:
        """The mark of a note; one with a mark of its own has it in its text and gets none."""
        note = (kind, identifier)
        if note not in self._marks:
            self._marks[note] = "" if own_mark else self._next(kind)
        return self._marks[note]

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        number = self._counts[kind]
        if kind == "endnote":
            return roman(number).translate(_RAISED_ROMAN)
        return raised_number(number)
