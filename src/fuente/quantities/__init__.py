"""Numbers with UCUM units, body size and growth; knows nothing of documents or drugs."""
