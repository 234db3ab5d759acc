"""What was ingested, and how to point into it: document, page, passage, span, citation."""
