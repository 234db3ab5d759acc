"""Text without geometry: plain text and Markdown."""
