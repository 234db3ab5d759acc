"""The text files the prose of a protocol is written in: headings, paragraphs, lists, directives.

Decides the structure of a document; knows no layout and no fact. A file opens with `key: value`
lines up to `---`. Below, `#` and `##` are headings, `- ` a list item, `! ` a note in a box,
`[[name argument ...` to `]]` a directive with `key: value` lines, and everything else prose.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered section heading; level 1 or 2."""

    level: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, a list item or a boxed note."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Directive:
    """A table or a switch of the layout, with its arguments and its `key: value` lines in order."""

    name: str
    arguments: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]

    def get(self, key: str, default: str = "") -> str:
        """The value of the first line with this key."""
        return next((value for name, value in self.lines if name == key), default)

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of lines with this key."""
        return tuple(value for name, value in self.lines if name == key)


Block = Heading | Prose | Directive


@dataclass(frozen=True, slots=True)
class Protocol:
    """One document to be made: what its title page says, and its blocks."""

    name: str
    head: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, for the table of contents."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))


def read_protocol(path: Path) -> Protocol:
    """Parse one file."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    return Protocol(
        name=path.stem,
        head=dict(_pair(line) for line in head.splitlines() if line.strip()),
        blocks=tuple(_numbered(_blocks(body))),
    )


def _blocks(body: str) -> Iterator[Block]:
    waiting: list[str] = []
    lines = iter(body.splitlines())
    for line in lines:
        if line.startswith("[["):
            yield from _paragraph(waiting)
            yield _directive(line, lines)
        elif line.startswith("#"):
            yield from _paragraph(waiting)
            yield Heading(2 if line.startswith("##") else 1, "", line.lstrip("# "))
        elif not line.strip():
            yield from _paragraph(waiting)
        else:
            if line.startswith(("- ", "! ")):
                yield from _paragraph(waiting)
            waiting.append(line)
    yield from _paragraph(waiting)


def _paragraph(waiting: list[str]) -> Iterator[Prose]:
    if waiting:
        text = " ".join(line.strip() for line in waiting)
        waiting.clear()
        kind = {"- ": "item", "! ": "note"}.get(text[:2], "text")
        yield Prose(kind, text if kind == "text" else text[2:])


def _directive(opening: str, lines: Iterator[str]) -> Directive:
    name, *arguments = opening.removeprefix("[[").removesuffix("]]").split()
    pairs: list[tuple[str, str]] = []
    if not opening.endswith("]]"):
        for line in lines:
            if line.strip() == "]]":
                break
            pairs.append(_pair(line))
    return Directive(name, tuple(arguments), tuple(pairs))


def _pair(line: str) -> tuple[str, str]:
    key, separator, value = line.partition(":")
    if not separator:
        raise ValueError(f"expected `key: value`, found {line!r}")
    return key.strip(), value.strip()


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    section = subsection = 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
        elif block.level == 1:
            section, subsection = section + 1, 0
            yield Heading(1, f"{section}", block.text)
        else:
            subsection += 1
            yield Heading(2, f"{section}.{subsection}", block.text)
