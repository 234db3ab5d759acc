"""Text without geometry: plain text, Markdown and separated values, and the pages made of it."""
