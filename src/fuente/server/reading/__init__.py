"""A record arranged for reading: it decides what is shown where, and changes no value."""

from fuente.server.reading.record_view import RecordView
from fuente.server.reading.sections import Section, sections_of
from fuente.server.reading.values import Value

__all__ = ["RecordView", "Section", "Value", "sections_of"]
