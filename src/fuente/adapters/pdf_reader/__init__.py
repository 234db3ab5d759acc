"""Reading and drawing of untrusted files: PDF with pdfium and pypdf, plain text, Markdown.

`reader` and `renderer` are the two ports' adapters and run here. `read_pdf`, `read_text`,
`cross_check` and `draw_page` are programs that run in a child process and give up memory, time and
the right to open anything (`limits`) before they look at the first byte.
"""

from fuente.adapters.pdf_reader.reader import PdfReader
from fuente.adapters.pdf_reader.renderer import PdfPageRenderer

__all__ = ["PdfPageRenderer", "PdfReader"]
