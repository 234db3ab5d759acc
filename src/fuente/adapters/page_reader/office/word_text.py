"""The words of one Word paragraph as they are printed, and what hangs on it.

Inserted text is read and deleted text is not; hidden text, comments and field codes are no words of
the document. Text boxes, notes and pictures are handed over beside the words.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element

from fuente.adapters.page_reader.office.guarded_xml import value_of, within
from fuente.adapters.page_reader.office.symbols import plain, symbol
from fuente.adapters.page_reader.office.word_notes import NoteMarks
from fuente.adapters.page_reader.office.word_styles import RunLook, Styles
from fuente.adapters.page_reader.raised import raised_text

PAGE_BREAK: Final = "\f"
PRINTED_BREAK: Final = "\v"
"""Marks in the words, which XML itself cannot hold: a break set by hand, and one of the last print.
"""

_LEFT_OUT: Final = frozenset(
    (
        *("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:delInstrText", "w:rPr", "w:pPr"),
        *("w:sdtPr", "w:sdtEndPr", "w:rt", "w:ffData", "w:annotationRef"),
    )
)
_TYPED: Final = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "-",
                 "w:lastRenderedPageBreak": PRINTED_BREAK}  # fmt: skip
_PICTURES: Final = frozenset(("a:blip", "v:imagedata", "w:object", "a:chart", "a:relIds"))
_OPERATORS: Final = frozenset(" +-−±×*/=")


@dataclass
class PrintedWords:
    """What is printed in a paragraph, collected run by run."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    bold: Counter[bool] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """The words with line ends, tabs and page marks."""
        return "".join(self.pieces)

    @property
    def is_bold(self) -> bool:
        """Whether all words are set in bold."""
        return bool(self.bold[True]) and not self.bold[False]

    @property
    def size(self) -> int:
        """The size of most characters, in half points; 0 where there are none."""
        return max(self.sizes, key=self.sizes.__getitem__, default=0)


class WordsReader:
    """Reads the words of one paragraph.

    Args:
        styles: the document's styles.
        marks: the numbers of notes, which run through the document.
    """

    def __init__(self, styles: Styles, marks: NoteMarks) -> None:
        self._styles = styles
        self._marks = marks
        self._handlers: Mapping[str, Callable[[Element, RunLook], None]] = {
            "w:r": self._run,
            "m:r": self._run,
            "w:t": self._text,
            "m:t": self._text,
            "w:br": self._break,
            "w:sym": self._symbol,
            "w:footnoteReference": self._note,
            "w:endnoteReference": self._note,
            "w:txbxContent": self._box,
            "mc:AlternateContent": self._choice,
            "w:sdt": self._control,
            "m:f": self._fraction,
            "m:sup": self._exponent,
        }
        self._found = PrintedWords()

    def read(self, paragraph: Element) -> PrintedWords:
        """What a paragraph prints."""
        self._found = PrintedWords()
        self._walk(paragraph, self._styles.paragraph_look(paragraph.find("w:pPr")))
        return self._found

    def _walk(self, elements: Iterable[Element], look: RunLook) -> None:
        for element in elements:
            handler = self._handlers.get(element.tag)
            if handler:
                handler(element, look)
            elif element.tag in _TYPED:
                self._put(_TYPED[element.tag])
            elif element.tag in _PICTURES:
                self._found.pictures += 1
            elif element.tag not in _LEFT_OUT:
                self._walk(element, look)

    def _run(self, run: Element, base: RunLook) -> None:
        look = self._styles.run_look(base, run.find("w:rPr"))
        if not look.hidden:
            self._walk(run, look)

    def _text(self, element: Element, look: RunLook) -> None:
        words = plain(element.text or "")
        if look.raised:
            words = raised_text("".join(self._found.pieces[-3:]), words)
        shown = sum(not character.isspace() for character in words)
        if shown:
            self._found.bold[look.bold] += shown
            self._found.sizes[look.size] += shown
        self._put(words)

    def _break(self, element: Element, _: RunLook) -> None:
        self._put(PAGE_BREAK if value_of(element, "type") == "page" else "\n")

    def _symbol(self, element: Element, look: RunLook) -> None:
        words = symbol(value_of(element, "font"), value_of(element, "char"))
        self._found.bold[look.bold] += 1
        self._put(words)

    def _note(self, element: Element, _: RunLook) -> None:
        kind = element.tag.removeprefix("w:").removesuffix("Reference")
        own_mark = value_of(element, "customMarkFollows") in ("1", "true", "on")
        note = (kind, value_of(element, "id"))
        self._put(self._marks.mark(*note, own_mark=own_mark))
        self._found.notes.append(note)

    def _box(self, element: Element, _: RunLook) -> None:
        self._found.boxes.append(element)

    def _choice(self, element: Element, look: RunLook) -> None:
        """The same thing in a new and an old way; one of them is read."""
        chosen = element.find("mc:Choice")
        chosen = element.find("mc:Fallback") if chosen is None else chosen
        self._walk(() if chosen is None else chosen, look)

    def _control(self, element: Element, look: RunLook) -> None:
        content = element.find("w:sdtContent")
        if content is not None and not is_placeholder(element):
            self._walk(content, look)

    def _fraction(self, element: Element, look: RunLook) -> None:
        for name, before in (("m:num", ""), ("m:den", "/")):
            part = element.find(name)
            start = len(self._found.pieces)
            self._walk(() if part is None else part, look)
            words = "".join(self._found.pieces[start:])
            self._found.pieces[start:] = [before, f"({words})" if _is_sum(words) else words]

    def _exponent(self, element: Element, look: RunLook) -> None:
        self._walk(element, replace(look, raised=True))

    def _put(self, words: str) -> None:
        self._found.pieces.append(words)


def is_placeholder(control: Element) -> bool:
    """Whether a content control holds only the prompt to fill it in."""
    return within(control, "w:sdtPr/w:showingPlcHdr") is not None


def _is_sum(words: str) -> bool:
    return any(character in _OPERATORS for character in words.strip())
