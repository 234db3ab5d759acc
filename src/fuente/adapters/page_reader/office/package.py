"""The ZIP package of an Office file: which parts it has, what they are and what they point to.

Every limit is checked before a part is unpacked and again while it is. Nothing is written, nothing
outside the package is followed, and a program in it is never looked at.
"""

import codecs
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element

from fuente.adapters.page_reader.office.guarded_xml import Visit, elements_of, parse, value_of
from fuente.adapters.page_reader.program import Unreadable

MAX_ENTRIES: Final = 10_000
"""A manual with a picture on each of 2,000 pages has about 2,100."""

MAX_TOTAL_BYTES: Final = 200 * 1024 * 1024
MAX_PART_BYTES: Final = 100 * 1024 * 1024
"""Unpacked; a sheet of 100,000 rows and ten columns has about 50 MiB."""

MAX_RATIO: Final = 200
"""Unpacked over packed size; sheets that repeat themselves were seen at 60, bombs begin near 1000.
"""

_SMALL: Final = 1024 * 1024
"""Below this a part may be packed as tightly as it likes."""

_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 0x1
_NAMES: Final = codecs.lookup("cp437")
"""Old names in a ZIP are in this code; Python would load it at first use, behind closed doors."""

_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points to: the kind is the last word of its address, `image` or `worksheet`."""

    name: str
    kind: str
    target: str
    is_external: bool


class Package:
    """An opened package; parts are unpacked when they are asked for.

    Args:
        content: the bytes of the file.

    Raises:
        Unreadable: it is no package, a bomb, encrypted, or names parts outside itself.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except _DAMAGED as error:
            raise Unreadable("it is cut off or damaged: the package cannot be opened") from error
        self._entries = _checked(self._zip.infolist())
        self._kinds = self._content_types()

    def main_part(self, families: tuple[str, ...]) -> str:
        """The name of the part with the document itself, its type of one of the families.

        Raises:
            Unreadable: there is none, or it is of another family.
        """
        targets = [one.target for one in self.relations("") if one.kind == "officeDocument"]
        if not targets or targets[0] not in self._entries:
            raise Unreadable("it is a ZIP file without an Office document in it")
        kind = self._kinds.get(targets[0]) or self._kinds.get(_ending(targets[0]), "")
        if not any(family in kind for family in families):
            raise Unreadable(f"it is named otherwise than what it holds ({_real_kind(kind)})")
        return targets[0]

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._entries

    def xml(self, name: str, visit: Visit | None = None, visited: str = "") -> Element:
        """The root element of a part; see `parse`."""
        if name not in self._entries:
            raise Unreadable(f"its part {name} is missing")
        return parse(self._unpacked(name), name, visit, visited)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part points to; the empty name stands for the package."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self._entries:
            return ()
        found = elements_of(self.xml(name), "p:Relationship")
        return tuple(_relation(element, folder) for element in found)

    def related(self, part: str, kind: str) -> str:
        """The first part of a kind that a part points to; empty where there is none."""
        found = (one.target for one in self.relations(part) if one.kind == kind)
        return next((target for target in found if target in self._entries), "")

    def all_related(self, part: str, kind: str) -> tuple[str, ...]:
        """Every part of a kind that a part points to, each once."""
        found = (one.target for one in self.relations(part) if one.kind == kind)
        return tuple(dict.fromkeys(target for target in found if target in self._entries))

    def warnings(self) -> tuple[str, ...]:
        """What it holds that was left alone: programs, and links to other files."""
        return (*self._program_warnings(), *self._link_warnings())

    def _program_warnings(self) -> Iterator[str]:
        if any("macroEnabled" in kind or "vba" in kind for kind in self._kinds.values()) or any(
            name.lower().endswith("vbaproject.bin") for name in self._entries
        ):
            yield "the file holds macros; they were not looked at"

    def _link_warnings(self) -> Iterator[str]:
        kinds = [
            relation.kind
            for name in sorted(self._entries)
            if name.endswith(".rels")
            for relation in self.relations(_owner(name))
            if relation.is_external and relation.kind != "hyperlink"
        ]
        if kinds:
            named = ", ".join(sorted(set(kinds)))
            yield f"{len(kinds)} links to other files were not followed ({named})"

    def _content_types(self) -> dict[str, str]:
        root = self.xml("[Content_Types].xml") if "[Content_Types].xml" in self._entries else None
        kinds = {
            "." + value_of(element, "Extension"): value_of(element, "ContentType")
            for element in elements_of(root, "p:Default")
        }
        for element in elements_of(root, "p:Override"):
            kinds[value_of(element, "PartName").lstrip("/")] = value_of(element, "ContentType")
        return kinds

    def _unpacked(self, name: str) -> bytes:
        entry = self._entries[name]
        if entry.file_size > MAX_PART_BYTES:
            raise Unreadable(f"its part {name} unpacks to more than {MAX_PART_BYTES} bytes")
        try:
            with self._zip.open(entry) as stream:
                content = stream.read(entry.file_size + 1)
        except (*_DAMAGED, RuntimeError) as error:
            raise Unreadable(f"its part {name} is damaged") from error
        if len(content) != entry.file_size:
            raise Unreadable(f"its part {name} is not as long as the package says")
        return content


def _checked(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > MAX_ENTRIES:
        raise Unreadable(f"its package has {len(entries)} parts, more than {MAX_ENTRIES}")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
        raise Unreadable(f"its package unpacks to more than {MAX_TOTAL_BYTES} bytes")
    for entry in entries:
        _check(entry)
    named = {entry.filename: entry for entry in entries}
    if len(named) != len(entries):
        raise Unreadable("its package has two parts of one name")
    return named


def _check(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable("its package is encrypted")
    steps = entry.filename.replace("\\", "/").split("/")
    if ".." in steps or not steps[0] or ":" in steps[0]:
        raise Unreadable("its package names a part outside itself")
    if entry.compress_type not in _METHODS:
        raise Unreadable("its package is packed in a way Office does not know")
    if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * entry.compress_size:
        raise Unreadable(f"its part {entry.filename} is packed more than {MAX_RATIO} times")


def _relation(element: Element, folder: str) -> Relation:
    target = value_of(element, "Target")
    is_external = value_of(element, "TargetMode") == "External"
    if not is_external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    kind = value_of(element, "Type").rpartition("/")[2]
    return Relation(value_of(element, "Id"), kind, target, is_external)


def _owner(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def _ending(name: str) -> str:
    return posixpath.splitext(name)[1]


def _real_kind(content_type: str) -> str:
    families = {
        "wordprocessingml": "a Word document",
        "spreadsheetml": "an Excel workbook",
        "presentationml": "a PowerPoint presentation",
        "ms-excel": "a binary Excel workbook",
    }
    return next((name for part, name in families.items() if part in content_type), "another kind")
