"""What documents say about doses: drugs, expressions, references, regimens, and arithmetic."""
