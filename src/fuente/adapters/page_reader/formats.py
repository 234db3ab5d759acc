"""Which files are read, and by which program; a file whose bytes belie its name is refused.

A new format is one line of `FORMATS`, one program, and its tests.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fuente.errors import DocumentRejected

PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type, the program that reads it, and how its bytes begin.

    `starts` is empty for text, which has no mark of its own.
    """

    media_type: str
    program: str
    starts: tuple[bytes, ...] = ()


_TEXT = Format("text/plain", "plain.read_text")
_MARKDOWN = Format("text/markdown", "plain.read_text")
_CSV = Format("text/csv", "plain.read_csv")
_HTML = Format("text/html", "web.read_html")
FORMATS: Final = {
    ".pdf": Format(PDF, "pdf.read_pdf", (b"%PDF-",)),
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".csv": _CSV,
    ".tsv": _CSV,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
}
_READABLE: Final = "fuente reads PDF, HTML, CSV, plain text and Markdown."
_ZIP: Final = b"PK\x03\x04"
_HEAD: Final = 1024


def format_of(path: Path, content: bytes) -> Format:
    """The format of a file.

    Raises:
        DocumentRejected: the extension is not known, or the bytes are of another format.
    """
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        kind = path.suffix or "a file without extension"
        raise DocumentRejected(f"{path.name}: {kind} is not a format it can read.", _READABLE)
    head = content[:_HEAD]
    if found.starts:
        fits = any(start in head for start in found.starts)
    else:
        fits = b"%PDF-" not in head and not head.startswith(_ZIP)
    if not fits:
        real = _real_type(head)
        raise DocumentRejected(f"{path.name}: it is named {path.suffix.lower()} but is {real}.")
    return found


def _real_type(head: bytes) -> str:
    start = head.lstrip().lower()
    if start.startswith(b"%pdf-"):
        return "a PDF"
    if start.startswith(_ZIP.lower()):
        return "a ZIP or Office file"
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "an HTML or XML page"
    return "not a PDF (there is no PDF header)"
