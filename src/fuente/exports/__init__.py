"""Records to bytes; pure functions."""
