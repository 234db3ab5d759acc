"""Office Open XML: Word documents and Excel workbooks, read part by part from their ZIP package."""
