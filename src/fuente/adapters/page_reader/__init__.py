"""Reading and drawing of untrusted files.

`reader` and `renderer` are the two ports' adapters and run here; `formats` says which program reads
what; `ocr` reads the pages that hold no text. The programs (such as `pdf.read_pdf` or
`office.read_docx`) run in a child process and give up memory, time and the right to open anything
(`limits`) before they look at the first byte.
"""

from fuente.adapters.page_reader.ocr.engine import describe_ocr
from fuente.adapters.page_reader.ocr.pages import OcrReader
from fuente.adapters.page_reader.reader import FileReader
from fuente.adapters.page_reader.renderer import FileRenderer

__all__ = ["FileReader", "FileRenderer", "OcrReader", "describe_ocr"]
