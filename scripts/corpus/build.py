"""Builds every document and the manifest that lists them.

Two passes: the first finds each section's page label, the second prints the table of contents.
"""

import csv
import hashlib
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

from scripts.corpus.facts import Facts, load_facts
from scripts.corpus.inline import Pen, table_labels
from scripts.corpus.look import look_named
from scripts.corpus.markup import Protocol, read_protocol
from scripts.corpus.pages import ProtocolPages
from scripts.corpus.sources import overall_confidence, source_names
from scripts.corpus.story import body, contents, cover
from scripts.corpus.wording import House

_PROTOCOLS = Path(__file__).parent / "protocols"
_COLUMNS = ("file", "sha256", "title", "language", "edition", "edition_date", "pages", "source",
            "confidence")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Built:
    """One finished document."""

    protocol: Protocol
    content: bytes
    pages: int
    source: str
    confidence: str

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.protocol.name}.pdf"


def build_corpus(target: Path, manifest: Path) -> list[Built]:
    """Write every document into the folder, and the list of them to `manifest`."""
    facts = load_facts()
    built = [build_document(read_protocol(path), facts) for path in protocol_files()]
    target.mkdir(parents=True, exist_ok=True)
    for document in built:
        (target / document.file).write_bytes(document.content)
    manifest.write_text(_manifest(built), encoding="utf-8")
    return built


def protocol_files() -> list[Path]:
    """The sources of the documents, by name."""
    return sorted(_PROTOCOLS.glob("*.txt"))


def build_document(protocol: Protocol, facts: Facts) -> Built:
    """Lay out one document twice; the second time its contents page knows the page labels."""
    labels: dict[str, str] = {}
    for _ in range(2):
        pen = Pen(_house(protocol), facts, table_labels(protocol))
        target = BytesIO()
        pages = ProtocolPages(target, protocol, pen, look_named(protocol.head["look"]))
        pages.build(
            [
                *cover(protocol, pen, pages.look),
                *contents(protocol, pen, pages.look, labels),
                *body(protocol, pen, pages.look),
            ]
        )
        labels = pages.labels
    return Built(
        protocol, target.getvalue(), pages.page, source_names(pen), overall_confidence(pen)
    )


def _house(protocol: Protocol) -> House:
    head = protocol.head
    return House(
        language=head["language"],
        square=head.get("square", "m2"),
        routes=head.get("routes", "upper"),
        days=head.get("days", "comma"),
        times=head.get("times", "every"),
        micro=head.get("micro", "micrograms"),
    )


def _manifest(built: list[Built]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for document in built:
        head = document.protocol.head
        digest = hashlib.sha256(document.content).hexdigest()
        writer.writerow(
            (
                document.file,
                digest,
                head["title"],
                head["language"],
                head["edition"],
                head["valid"],
                document.pages,
                document.source,
                document.confidence,
            )
        )
    return text.getvalue()
