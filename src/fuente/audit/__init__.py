"""Audit events and the hash chain over them (pure)."""
