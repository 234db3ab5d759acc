"""The program that reads a saved web page: one line per page-like part on standard output.

Runs as `python -m fuente.adapters.page_reader.web.read_html`, confined like the others.
"""

import re
from dataclasses import replace
from typing import Final

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]

from fuente.adapters.page_reader.plain.pager import Pager
from fuente.adapters.page_reader.plain.read_text import decode
from fuente.adapters.page_reader.plain.struck import STRUCK_OUT
from fuente.adapters.page_reader.program import Unreadable, run
from fuente.adapters.page_reader.web.blocks import Element, Paragraph, find_blocks
from fuente.documents.source import Page

_DEEPEST: Final = 200
"""Elements inside elements; libxml2 itself stops at 256, and pages written by people at 30."""

_DECLARED: Final = 2048
"""Bytes in which a page must declare its encoding (HTML standard: 1024)."""

_STRUCK: Final = re.compile(r"<(/?)(?:s|strike)(?=[\s/>])", re.IGNORECASE)
"""libxml2 ends these before a paragraph, and the browser strikes it out; `del` it leaves open."""


def main() -> None:
    """Read standard input, write one line per part."""
    run(read_pages)


def read_pages(content: bytes) -> list[Page]:
    """The parts of a web page.

    Raises:
        Unreadable: no text, no HTML, or nested too deeply.
    """
    pager = Pager()
    paragraphs = tables = 0
    for block in find_blocks(_parsed(content)):
        if isinstance(block, Paragraph):
            paragraphs += bool(block.words)
            place = f"paragraph {paragraphs}"
            pager.write(block.words, level=block.level, bold=block.bold, place=place)
        else:
            tables += 1
            pager.write_table(
                [replace(cell, place=f"table {tables}, row {cell.row + 1}") for cell in block.cells]
            )
        if block.struck:
            pager.warn(STRUCK_OUT)
    return pager.pages()


def _parsed(content: bytes) -> Element:
    parser = lxml.html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    text = _STRUCK.sub(r"<\1del", _text(content))
    if "\0" in text:
        raise Unreadable("it holds NUL bytes and is not text")
    try:
        root = lxml.html.document_fromstring(text.encode(), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise Unreadable("it holds no HTML") from error
    if _depth(root) > _DEEPEST:
        raise Unreadable(f"its elements are nested more than {_DEEPEST} deep")
    return root


def _text(content: bytes) -> str:
    """Decoded by its mark or UTF-8, else as the page declares, else as Windows Latin."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        pass
    declared = _declared_encoding(content[:_DECLARED])
    try:
        return content.decode(declared) if declared else decode(content)
    except (ValueError, LookupError, OSError):  # OSError: a codec that is not loaded yet
        return decode(content)


def _declared_encoding(head: bytes) -> str:
    _, found, rest = head.lower().partition(b"charset=")
    name = rest.lstrip(b"\"' ")[:20].split(b'"')[0].split(b"'")[0].split(b">")[0].split(b";")[0]
    return name.decode("ascii", "ignore").strip() if found else ""


def _depth(root: Element) -> int:
    deepest = depth = 0
    for event, _ in lxml.etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


if __name__ == "__main__":
    main()
