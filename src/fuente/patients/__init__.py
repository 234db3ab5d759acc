"""The clinical part of the record, the diagnosis catalogue, the request, the identity."""
