"""Pages: frames, running header and footer, roman and arabic page labels, the file's metadata.

Decides what every page carries, above all the mark that the document is illustrative.
"""

from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from scripts.corpus.inline import Pen
from scripts.corpus.look import PAGE_MARGIN, Look
from scripts.corpus.markup import Protocol

_WIDTH, _HEIGHT = A4
_RED = colors.HexColor("#9c1c1c")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi")


class ProtocolPages(BaseDocTemplate):
    """The document while it is laid out; afterwards `labels` gives each section's page label."""

    def __init__(self, target: BytesIO, protocol: Protocol, pen: Pen, look: Look) -> None:
        super().__init__(
            target,
            pagesize=A4,
            invariant=1,
            title=protocol.head["title"],
            author=pen.house.word("kind"),
            subject=f"{pen.house.word('mark')}. {pen.house.word('edition')} "
            f"{protocol.head['edition']}",
            creator="fuente",
            lang=protocol.head["language"],
        )
        self.protocol, self.pen, self.look = protocol, pen, look
        self.labels: dict[str, str] = {}
        self.first_body_page = 0
        self.addPageTemplates(
            [
                PageTemplate("cover", [_frame()], onPage=self._cover_page),
                PageTemplate("front", [_frame()], onPage=self._front_page),
                PageTemplate("body", [_frame()], onPage=self._body_page),
            ]
        )

    def afterFlowable(self, flowable: Flowable) -> None:
        """Note the page of each heading and set the outline."""
        heading = getattr(flowable, "heading", None)
        if heading:
            self.labels[heading.number] = str(self.page - self.first_body_page + 1)
            key = f"s{heading.number}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(
                f"{heading.number} {heading.text}", key, level=heading.level - 1
            )

    def _cover_page(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.setFillColor(self.look.accent)
        canvas.rect(0, _HEIGHT - 42 * mm, _WIDTH, 42 * mm, stroke=0, fill=1)
        canvas.setFillColor(colors.white)
        canvas.setFont(self.look.bold(self.look.head_font), 17)
        canvas.drawString(PAGE_MARGIN, _HEIGHT - 26 * mm, self.pen.house.word("kind"))
        self._mark(canvas, 10 * mm)

    def _front_page(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        self._furniture(canvas, _ROMAN[canvas.getPageNumber() - 1])

    def _body_page(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        page = canvas.getPageNumber()
        if not self.first_body_page:
            self.first_body_page = page
            canvas.addPageLabel(page - 1, style="ARABIC", start=1)
        self._furniture(canvas, str(page - self.first_body_page + 1))

    def _furniture(self, canvas: Canvas, label: str) -> None:
        house, head = self.pen.house, self.protocol.head
        top = _HEIGHT - 13 * mm
        canvas.setFont(self.look.head_font, 8)
        canvas.setFillColor(colors.HexColor("#444444"))
        canvas.drawString(PAGE_MARGIN, top, head["short"])
        canvas.drawRightString(
            _WIDTH - PAGE_MARGIN, top, f"{house.word('edition')} {head['edition']}"
        )
        canvas.setStrokeColor(self.look.accent)
        canvas.setLineWidth(0.6)
        canvas.line(PAGE_MARGIN, top - 2 * mm, _WIDTH - PAGE_MARGIN, top - 2 * mm)
        prefix = f"{house.word('page')} " if head.get("page_word") == "yes" else ""
        if head.get("mark") == "header":
            self._mark(canvas, top)
            canvas.setFont(self.look.head_font, 8)
            canvas.setFillColor(colors.HexColor("#444444"))
            canvas.drawCentredString(_WIDTH / 2, 10 * mm, f"{prefix}{label}")
        else:
            self._mark(canvas, 10 * mm)
            canvas.setFont(self.look.head_font, 8)
            canvas.setFillColor(colors.HexColor("#444444"))
            canvas.drawRightString(_WIDTH - PAGE_MARGIN, 10 * mm, f"{prefix}{label}")

    def _mark(self, canvas: Canvas, height: float) -> None:
        canvas.setFillColor(_RED)
        canvas.setFont(self.look.bold(self.look.head_font), 8)
        canvas.drawCentredString(_WIDTH / 2, height, self.pen.house.word("mark"))


def _frame() -> Frame:
    return Frame(
        PAGE_MARGIN,
        17 * mm,
        _WIDTH - 2 * PAGE_MARGIN,
        _HEIGHT - 37 * mm,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
        id="main",
    )
