"""The record that wraps a patient with citations, origins and manifest; invariants and findings."""
