"""Scans for tests: pages of a PDF drawn as pictures, without their text; and false tesseracts."""

import math
import shutil
import subprocess
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

_DOTS_PER_POINT = 200 / 72


def _has_tesseract():
    program = shutil.which("tesseract")
    if program is None:
        return False
    told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    return {"eng", "spa", "por"} <= set(told.stdout.split())


needs_tesseract = pytest.mark.skipif(
    not _has_tesseract(), reason="tesseract is not installed with eng, spa and por"
)


def scanned(content, *, turned=0, askew=0.0):
    """The pages as pictures, turned clockwise by quarters or laid askew by some degrees."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in pypdfium2.PdfDocument(content):
        picture = page.render(scale=_DOTS_PER_POINT).to_pil().convert("RGB")
        if turned:
            picture = picture.rotate(-turned, expand=True)
        if askew:
            picture = picture.rotate(-askew, resample=Image.Resampling.BICUBIC, fillcolor="white")
        wide, high = (side / _DOTS_PER_POINT for side in picture.size)
        canvas.setPageSize((wide, high))
        canvas.drawImage(ImageReader(picture), 0, 0, wide, high)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def page_picture(content):
    """The first page as a picture to be drawn on another page."""
    return ImageReader(pypdfium2.PdfDocument(content)[0].render(scale=_DOTS_PER_POINT).to_pil())


def false_tesseract(folder, does):
    """A program that answers as tesseract does when asked what it is, and reads like `does`."""
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in\n'
        "  --version) echo tesseract 9.9 ;;\n"
        "  --list-langs) echo eng; echo spa; echo por ;;\n"
        f"  *) {does} ;;\n"
        "esac\n"
    )
    program.chmod(0o755)
    return program


def moved(x, y, askew, width, height):
    """Where a point of a page comes to lie when its sheet is laid askew, clockwise."""
    angle = math.radians(askew)
    across, down = x - width / 2, y - height / 2
    return (
        width / 2 + across * math.cos(angle) - down * math.sin(angle),
        height / 2 + across * math.sin(angle) + down * math.cos(angle),
    )
