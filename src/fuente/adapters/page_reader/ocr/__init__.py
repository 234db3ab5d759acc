"""Pages and pictures that hold no text, read by tesseract: drawn, recognised, set as a page.

Three confined children do it, one after the other, with this process as the only thing between
them: one draws the page with pdfium, one is tesseract, one puts the words where they stand. A page
that any of them fails on stays a page without text.
"""
