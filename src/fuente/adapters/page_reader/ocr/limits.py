"""How much reading one picture may cost."""

from typing import Final

DOTS_PER_POINT: Final = 300 / 72
"""The resolution tesseract is made for."""

MAX_DOTS: Final = 20_000_000
"""A picture of A3 at 300 dpi has 17 million; larger pages are drawn coarser."""

CPU_SECONDS: Final = 120
"""Processor time of tesseract for one page; dense pages were measured at under 15 s."""

MAX_FILES: Final = 32
"""Files tesseract may hold open: its own libraries and the data of its languages."""

PAGE_SECONDS: Final = 120.0
"""The most one step of one page may take on a busy machine."""

BUDGET_SECONDS: Final = 1800.0
"""What the OCR of one document may take unless the operator says otherwise."""

MAX_WORDS_BYTES: Final = 16 * 1024 * 1024
"""What is taken from tesseract for one page: 60 bytes a word."""

SURE: Final = 70.0
"""Confidence (0 to 100) below which a word is not relied on.

On a real scan of seven pages 40 of 2,342 words lay below. Above it words are wrong too: an `8g` was
read as `88`, which is why each dose read so asks to be compared with the page.
"""
