"""The tesseract of this host: where it is, what it can read, and its words for a picture."""

import re
import shutil
from dataclasses import dataclass
from typing import Final

from fuente.adapters.page_reader.ocr.limits import MAX_WORDS_BYTES, PAGE_SECONDS
from fuente.adapters.page_reader.ocr.picture import Picture
from fuente.adapters.page_reader.process import ChildFailed, ReadingChild

LANGUAGES: Final = ("eng", "spa", "por")
"""Read together: on three real pages 120 of 1,080 words were unsure so, 175 with English alone."""

HOW_TO_INSTALL: Final = "apt-get install tesseract-ocr tesseract-ocr-spa tesseract-ocr-por"
WHOLE_PAGE: Final = "3"
SCATTERED: Final = "11"
ONE_BLOCK: Final = "6"
"""How tesseract takes a picture: as columns, as words standing anywhere, as lines of one block."""

_ASKING_SECONDS: Final = 20.0
_VERSION: Final = re.compile(rb"tesseract v?(\S+)")
_DOTS_PER_INCH: Final = ("--dpi", "300")


class OcrUnavailable(Exception):
    """There is no tesseract here that can be used; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Engine:
    """One tesseract: its program, version and languages."""

    program: str
    version: str
    languages: tuple[str, ...]

    @property
    def name(self) -> str:
        """What read a page, for whoever audits it."""
        return f"tesseract {self.version}, {'+'.join(self.languages)}"

    def words_of(
        self, picture: Picture, seconds: float = PAGE_SECONDS, layout: str = WHOLE_PAGE
    ) -> str:
        """The words with boxes and confidences, as the table tesseract writes.

        Raises:
            ChildFailed: it did not end well.
        """
        spoken = ("-l", "+".join(self.languages), "--psm", layout)
        wanted = ("-c", "tessedit_create_tsv=1", "-c", "tessedit_create_txt=0")
        whole = (self.program, "stdin", "stdout", *_DOTS_PER_INCH, *spoken, *wanted)
        with ReadingChild("ocr.run_tesseract", picture.as_pgm(), whole, seconds) as child:
            return b"".join(child.lines(MAX_WORDS_BYTES)).decode(errors="replace")


def find_engine() -> Engine:
    """The tesseract on the path.

    Raises:
        OcrUnavailable: there is none, it does not run, or it has none of the languages.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise OcrUnavailable("tesseract is not installed")
    try:
        version = _VERSION.search(_ask(program, "--version"))
        held = _ask(program, "--list-langs").decode(errors="replace").split()
    except ChildFailed as error:
        raise OcrUnavailable(f"{program} does not run: {error}") from error
    languages = tuple(language for language in LANGUAGES if language in held)
    if version is None or not languages:
        raise OcrUnavailable(f"{program} has none of the languages {', '.join(LANGUAGES)}")
    return Engine(program, version[1].decode(errors="replace"), languages)


def describe_ocr() -> str:
    """What this host reads pictures with, or what is missing and how to add it."""
    try:
        return find_engine().name
    except OcrUnavailable as problem:
        return f"not available: {problem}; {HOW_TO_INSTALL}"


def _ask(program: str, question: str) -> bytes:
    arguments = (program, question)
    with ReadingChild("ocr.run_tesseract", b"", arguments, _ASKING_SECONDS) as child:
        return b"".join(child.lines(MAX_WORDS_BYTES))
