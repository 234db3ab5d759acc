"""What the documents say about doses: drug names, dose expressions, references, regimens, arithmetic."""
