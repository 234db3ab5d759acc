"""The HTTP face: routes, schemas, auditor pages."""
