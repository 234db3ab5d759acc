"""XML of an untrusted package to elements: no document type, no entities, bounded size and depth.

Office writes each schema in two dialects that differ in their addresses alone, so names are given a
short prefix of our own: `w:p`, `x:row`, `m:t`. What a part needs not be held whole is handed over
as it comes.
"""

from collections.abc import Callable, Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from fuente.adapters.page_reader.program import Unreadable

MAX_DEPTH: Final = 200
"""A text box in a table in a content control nests about 40 deep."""

MAX_ELEMENTS: Final = 4_000_000
"""Of one part; a sheet of 100,000 rows and ten columns has about two million."""

_PREFIXES: Final = (
    ("wordprocessingml", "w"),
    ("spreadsheetml/2006/main", "x"),
    ("ooxml/spreadsheetml/main", "x"),
    ("officeDocument/2006/relationships", "r"),
    ("officeDocument/relationships", "r"),
    ("officeDocument/2006/math", "m"),
    ("officeDocument/math", "m"),
    ("markup-compatibility", "mc"),
    ("schemas-microsoft-com:vml", "v"),
    ("package/2006/", "p"),
    ("drawingml", "a"),
)
_NO_MEMORY: Final = 1
"""How expat says it."""

_CHUNK: Final = 1 << 16
_LARGEST: Final = 2**31 - 1
"""Of a whole number: Office itself keeps them in 32 bits."""

Visit = Callable[[Element], None]


def parse(content: bytes, part: str, visit: Visit | None = None, visited: str = "") -> Element:
    """The root of a part; elements named `visited` are handed to `visit` and emptied.

    Raises:
        Unreadable: the XML is broken, declares a document type, or is too large or too deep.
    """
    parser = XMLParser(target=_Builder(part, visit, visited))
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
        root: Element = parser.close()
    except (ParseError, LookupError, ValueError, OSError) as error:
        if getattr(error, "code", 0) == _NO_MEMORY:
            raise MemoryError from error
        raise Unreadable(f"its part {part} is not well-formed XML") from error
    return root


def value_of(element: Element | None, name: str, otherwise: str = "") -> str:
    """An attribute, whether or not its name carries the element's prefix."""
    if element is None:
        return otherwise
    prefix = element.tag.partition(":")[0]
    return element.get(f"{prefix}:{name}", element.get(name, otherwise))


def within(element: Element | None, path: str) -> Element | None:
    """The first descendant along a path of names, such as `w:pPr/w:numPr`."""
    for step in path.split("/"):
        element = element.find(step) if element is not None else None
    return element


def child_value(element: Element | None, path: str, otherwise: str = "") -> str:
    """The `val` attribute of a descendant; Office says most things with one."""
    return value_of(within(element, path), "val", otherwise)


def switch(element: Element | None, name: str) -> bool | None:
    """Whether a property is switched on; None where nothing is said."""
    found = within(element, name)
    if found is None:
        return None
    return value_of(found, "val", "true") not in ("0", "false", "off", "none")


def number_of(words: str, otherwise: int = 0) -> int:
    """A whole number, or the other value where the words are none or one too large."""
    try:
        number = int(words)
    except ValueError:
        return otherwise
    return number if abs(number) <= _LARGEST else otherwise


def elements_of(element: Element | None, tag: str) -> Iterator[Element]:
    """The direct children of a name."""
    return iter(()) if element is None else iter(element.findall(tag))


class _Builder(TreeBuilder):
    """Builds elements with short names, counts them, and refuses a document type."""

    def __init__(self, part: str, visit: Visit | None, visited: str) -> None:
        super().__init__()
        self._part = part
        self._visit = visit
        self._visited = visited
        self._depth = 0
        self._count = 0
        self._names: dict[str, str] = {}

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            raise Unreadable(f"its part {self._part} nests more than {MAX_DEPTH} deep")
        if self._count > MAX_ELEMENTS:
            raise Unreadable(f"its part {self._part} has more than {MAX_ELEMENTS} elements")
        if attrs:
            attrs = {self._short(name): value for name, value in attrs.items()}
        return super().start(self._short(tag), attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        element = super().end(self._short(tag))
        if self._visit and element.tag == self._visited:
            self._visit(element)
            element.clear()
        return element

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Unreadable(f"its part {self._part} declares a document type, which Office never does")

    def _short(self, name: str) -> str:
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = _short_name(name)
        return found


def _short_name(name: str) -> str:
    address, separator, local = name.rpartition("}")
    if not separator:
        return name
    prefix = next((short for part, short in _PREFIXES if part in address), "other")
    return f"{prefix}:{local}"
