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


_ZIP: Final = b"PK\x03\x04"
_TEXT = Format("text/plain", "plain.read_text")
_MARKDOWN = Format("text/markdown", "plain.read_text")
_CSV = Format("text/csv", "plain.read_csv")
_HTML = Format("text/html", "web.read_html")
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_WORD = Format(f"{_OFFICE}.wordprocessingml.document", "office.read_docx", (_ZIP,))
_EXCEL = Format(f"{_OFFICE}.spreadsheetml.sheet", "office.read_xlsx", (_ZIP,))
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
    ".docx": _WORD,
    ".docm": _WORD,
    ".xlsx": _EXCEL,
    ".xlsm": _EXCEL,
}
_READABLE: Final = (
    "fuente reads PDF, Word (.docx), Excel (.xlsx), CSV, HTML, plain text and Markdown."
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD: Final = {".doc": ".docx", ".dot": ".docx", ".xls": ".xlsx", ".xlsb": ".xlsx"}
_HEAD: Final = 1024


def format_of(path: Path, content: bytes) -> Format:
    """The format of a file.

    Raises:
        DocumentRejected: the extension is not known, or the bytes are of another format.
    """
    suffix = path.suffix.lower()
    if suffix in _OLD:
        raise DocumentRejected(
            f"{path.name}: {suffix} is not a format it can read.", f"Save it as {_OLD[suffix]}."
        )
    found = FORMATS.get(suffix)
    if found is None:
        kind = path.suffix or "a file without extension"
        raise DocumentRejected(f"{path.name}: {kind} is not a format it can read.", _READABLE)
    head = content[:_HEAD]
    if found.starts:
        fits = any(start in head for start in found.starts)
    else:
        fits = b"%PDF-" not in head and not head.startswith(_ZIP)
    if not fits:
        real = _real_type(head) or f"not a {suffix[1:].upper()} (its first bytes say so)"
        raise DocumentRejected(f"{path.name}: it is named {suffix} but is {real}.")
    return found


def _real_type(head: bytes) -> str:
    start = head.lstrip().lower()
    if start.startswith(b"%pdf-"):
        return "a PDF"
    if start.startswith(_ZIP.lower()):
        return "a ZIP or Office file"
    if start.startswith(_OLE):
        return "encrypted, or an old .doc or .xls"
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "an HTML or XML page"
    return ""
