"""PDF: read with pdfium, counted again with pypdf, drawn with pdfium; each in its own process."""
