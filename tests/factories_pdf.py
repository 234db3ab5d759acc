"""Small PDFs for tests, drawn with reportlab or put together by hand."""

import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

Draw = Callable[[Canvas], None]


def drawn_pdf(
    *pages: Draw, password: str | None = None, labels: Sequence[tuple[int, str, int]] = ()
) -> bytes:
    """One page per function; `password` "" opens without one; labels are (page, style, start)."""
    out = BytesIO()
    encrypt = None
    if password is not None:
        encrypt = StandardEncryption(password, ownerPassword="owner", strength=128)
    canvas = Canvas(out, pagesize=A4, encrypt=encrypt, invariant=1)
    for page, style, start in labels:
        canvas.addPageLabel(page, style=style, start=start)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def rotated(content: bytes, degrees: int) -> bytes:
    """The same file with every page turned clockwise."""
    writer = PdfWriter(clone_from=BytesIO(content))
    for page in writer.pages:
        page.rotate(degrees)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def words_at(*placed: tuple[float, float, str]) -> Draw:
    """Draw words at (left, top) in points from the top left."""

    def draw(canvas: Canvas) -> None:
        for left, top, words in placed:
            canvas.drawString(left, A4[1] - top, words)

    return draw


def flowing_pdf(*parts: Any, packed: bool = True) -> bytes:
    """A document of paragraphs (strings) and other flowables; not packed, its words are plain."""
    out = BytesIO()
    body = getSampleStyleSheet()["BodyText"]
    story: list[Any] = []
    for part in parts:
        story += [Paragraph(part, body) if isinstance(part, str) else part, Spacer(1, 6)]
    options = {"pagesize": A4, "invariant": 1, "pageCompression": int(packed)}
    SimpleDocTemplate(out, **options).build(story)
    return out.getvalue()


GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, 0), "Helvetica-Bold")]
RULES = [
    ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
    ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
    ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
    ("FONT", (0, 0), (-1, 0), "Helvetica-Bold"),
]
LINES = [*RULES, ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.grey)]
BANDS = [
    ("BACKGROUND", (0, 0), (-1, 0), colors.lightblue),
    ("BACKGROUND", (0, 2), (-1, 2), colors.whitesmoke),
    ("LINEBELOW", (0, -1), (-1, -1), 0.8, colors.black),
    ("FONT", (0, 0), (-1, 0), "Helvetica-Bold"),
]


def table(rows: Sequence[Sequence[Any]], style: Sequence[tuple], **options: Any) -> Table:
    """A table with the style given."""
    options.setdefault("colWidths", [110.0] * len(rows[0]))
    return Table([list(row) for row in rows], style=list(style), **options)


def raw_pdf(stream: bytes, filters: str) -> bytes:
    """A one-page PDF around an encoded content stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(stream), filters.encode(), stream),
    ]
    out = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table_at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer <</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF"
    return out + trailer % (len(objects) + 1, table_at)


def memory_bomb() -> bytes:
    """A file of under 1 kB whose page stream is 2 GB when decoded."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    once = b"\x78\x9c" + block * 2000
    return raw_pdf(zlib.compress(zlib.compress(once, 9), 9), "/FlateDecode" * 3)
