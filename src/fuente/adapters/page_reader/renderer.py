"""The page renderer: one page of a stored PDF as a PNG with the cited places marked.

The drawing happens in a confined child process; this side only checks that a picture came back.
"""

import base64
import binascii
from collections.abc import Sequence

from fuente.adapters.page_reader.limits import WALL_SECONDS
from fuente.adapters.page_reader.process import ChildFailed, ReadingChild
from fuente.adapters.page_reader.wire import fields_from_line
from fuente.documents.span import Box
from fuente.errors import NotFound, ReaderFailed

_PNG = b"\x89PNG\r\n\x1a\n"
_MAX_MARKS = 500
"""Marks on one page; more would not fit a command line and could not be told apart."""

_MAX_ANSWER = 64 * 1024 * 1024


class FileRenderer:
    """Draws pages one at a time; it keeps no state.

    Args:
        wall_seconds: how long a child may take before it is killed.
    """

    def __init__(self, wall_seconds: float = WALL_SECONDS) -> None:
        self._wall_seconds = wall_seconds

    def render(
        self, content: bytes, page: int, marks: Sequence[Box] = (), turned: int = 0
    ) -> bytes:
        """The page image at about 110 dpi, turned clockwise, with the places marked.

        Raises:
            NotFound: the content has no such page, or is no PDF and has no page images.
            ReaderFailed: the child died or exceeded time or memory.
        """
        arguments = (str(page), str(turned), *map(_edges, marks[:_MAX_MARKS]))
        try:
            with ReadingChild("pdf.draw_page", content, arguments, self._wall_seconds) as child:
                fields = fields_from_line(b"".join(child.lines(_MAX_ANSWER)))
        except (ChildFailed, ValueError) as error:
            raise ReaderFailed(f"page {page} could not be drawn: {error}.") from error
        if "rejected" in fields:
            raise NotFound(f"there is no image of page {page}: {fields['rejected']}.")
        return _png(fields, page)


def _edges(box: Box) -> str:
    return f"{box.left:.2f}:{box.top:.2f}:{box.right:.2f}:{box.bottom:.2f}"


def _png(fields: dict[str, object], page: int) -> bytes:
    try:
        png = base64.b64decode(str(fields.get("png", "")), validate=True)
    except binascii.Error as error:
        raise ReaderFailed(f"page {page} could not be drawn: {error}.") from error
    if not png.startswith(_PNG):
        raise ReaderFailed(f"page {page} could not be drawn: {fields.get('failed', 'no picture')}.")
    return png
