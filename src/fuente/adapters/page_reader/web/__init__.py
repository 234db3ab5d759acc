"""Saved web pages: HTML, read without following anything it links to."""
