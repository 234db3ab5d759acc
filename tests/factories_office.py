"""Word and Excel files written part by part, so that a test says exactly what is in them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_SCHEMAS: Final = "http://schemas.openxmlformats.org"
_WORD: Final = f"{_SCHEMAS}/wordprocessingml/2006/main"
_EXCEL: Final = f"{_SCHEMAS}/spreadsheetml/2006/main"
_RELATIONS: Final = f"{_SCHEMAS}/officeDocument/2006/relationships"
_NAMESPACES: Final = (
    f'xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}"'
    f' xmlns:m="{_SCHEMAS}/officeDocument/2006/math"'
    f' xmlns:a="{_SCHEMAS}/drawingml/2006/main"'
    f' xmlns:mc="{_SCHEMAS}/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES: Final = "application/vnd.openxmlformats-officedocument"
WORD_TYPE: Final = f"{_TYPES}.wordprocessingml.document.main+xml"
WORD_MACRO_TYPE: Final = "application/vnd.ms-word.document.macroEnabled.main+xml"
EXCEL_TYPE: Final = f"{_TYPES}.spreadsheetml.sheet.main+xml"
EXCEL_MACRO_TYPE: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"

Parts = Mapping[str, str | bytes]
_NOTHING: Final[Mapping[str, str]] = {}
Link = tuple[str, str]
"""What an external relation is, and where it points."""


def zipped(parts: Parts) -> bytes:
    """A package of parts, as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def docx(
    *body: str,
    parts: Parts = _NOTHING,
    links: Sequence[Link] = (),
    main_type: str = WORD_TYPE,
    **related: str,
) -> bytes:
    """A Word document of body elements; `styles`, `numbering` and notes are parts related to it."""
    document = f"<w:document {_NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"
    files = {f"word/{kind}.xml": _rooted(kind, content) for kind, content in related.items()}
    return zipped(
        {
            "[Content_Types].xml": _content_types("/word/document.xml", main_type),
            "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relations(
                [(kind, f"{kind}.xml") for kind in related], links
            ),
            **files,
            **parts,
        }
    )


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; plain words become one run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(one if one.startswith("<") else r(one) for one in content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def r(words: str, properties: str = "") -> str:
    """A run of words with its properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def superscript(words: str) -> str:
    """Words in raised print."""
    return r(words, '<w:vertAlign w:val="superscript"/>')


def listed(words: str, list_id: int = 1, depth: int = 0) -> str:
    """A paragraph in a list."""
    return p(words, properties=f"<w:numPr>{_val('ilvl', depth)}{_val('numId', list_id)}</w:numPr>")


def table(*rows: Sequence[str]) -> str:
    """A table of cells; plain words become one paragraph."""
    lines = ("".join(map(_cell, line)) for line in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def tc(content: str, properties: str = "") -> str:
    """A cell of a table with its properties."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def page_break() -> str:
    """A page break set by hand."""
    return p('<w:r><w:br w:type="page"/></w:r>')


def style(name: str, identifier: str, *, based_on: str = "", p_pr: str = "", r_pr: str = "") -> str:
    """A paragraph style."""
    base = _val("basedOn", based_on) if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}">{_val("name", name)}{base}'
        f"<w:pPr>{p_pr}</w:pPr><w:rPr>{r_pr}</w:rPr></w:style>"
    )


def numbering(*levels: tuple[str, str], list_ids: Sequence[int] = (1,)) -> str:
    """A list definition of `(number format, level text)` for each depth, used by some lists."""
    shapes = "".join(
        f'<w:lvl w:ilvl="{depth}">{_val("start", 1)}{_val("numFmt", kind)}{_val("lvlText", text)}'
        "</w:lvl>"
        for depth, (kind, text) in enumerate(levels)
    )
    lists = "".join(
        f'<w:num w:numId="{list_id}">{_val("abstractNumId", 0)}</w:num>' for list_id in list_ids
    )
    return f'<w:abstractNum w:abstractNumId="0">{shapes}</w:abstractNum>{lists}'


def xlsx(
    sheets: Mapping[str, str],
    *,
    states: Mapping[str, str] = _NOTHING,
    texts: Sequence[str] = (),
    styles: str = "",
    date1904: bool = False,
    parts: Parts = _NOTHING,
    links: Sequence[Link] = (),
    main_type: str = EXCEL_TYPE,
) -> bytes:
    """A workbook of sheets by name, each the inside of its `worksheet` element."""
    names = list(sheets)
    listing = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"'
        f' state="{states.get(name, "visible")}"/>'
        for n, name in enumerate(names, start=1)
    )
    files = {
        f"xl/worksheets/sheet{n}.xml": _sheet(sheets[name]) for n, name in enumerate(names, start=1)
    }
    targets = [("worksheet", name.removeprefix("xl/")) for name in files]
    return zipped(
        {
            "[Content_Types].xml": _content_types("/xl/workbook.xml", main_type),
            "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": (
                f'<workbook xmlns="{_EXCEL}" xmlns:r="{_RELATIONS}">'
                f'<workbookPr date1904="{int(date1904)}"/><sheets>{listing}</sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": _relations(
                [*targets, ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")], links
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{_EXCEL}">{"".join(texts)}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{_EXCEL}">{styles}</styleSheet>',
            **files,
            **parts,
        }
    )


def rows(*lines: Sequence[object], first: int = 1, inside: str = "") -> str:
    """Sheet data of lines of cells from column A on; None leaves a cell out, XML stays as it is."""
    data = "".join(row(number, *line) for number, line in enumerate(lines, start=first))
    return f"<sheetData>{data}</sheetData>{inside}"


def row(number: int, *cells: object, attributes: str = "") -> str:
    """One row of a sheet."""
    found = (c(f"{chr(65 + n)}{number}", cell) for n, cell in enumerate(cells) if cell is not None)
    return f'<row r="{number}" {attributes}>{"".join(found)}</row>'


def c(reference: str, value: object, style: int = 0) -> str:
    """One cell: a number, a text, or XML of its own."""
    start = f'<c r="{reference}" s="{style}"'
    if isinstance(value, int | float):
        return f"{start}><v>{value}</v></c>"
    if isinstance(value, str) and value.startswith("<"):
        return value.replace("<c ", f"{start} ", 1)
    return f'{start} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def looks(*codes: str, fonts: Sequence[str] = ("",)) -> str:
    """Styles: one cell look for each number format, then one for each further font."""
    formats = "".join(
        f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>'
        for n, code in enumerate(codes, start=164)
    )
    looks_of_codes = "".join(f'<xf numFmtId="{n}"/>' for n in range(164, 164 + len(codes)))
    looks_of_fonts = "".join(f'<xf fontId="{n}"/>' for n in range(len(fonts)))
    faces = "".join(f"<font>{font}</font>" for font in fonts)
    return (
        f"<numFmts>{formats}</numFmts><fonts>{faces}</fonts>"
        f"<cellXfs>{looks_of_codes}{looks_of_fonts}</cellXfs>"
    )


def _cell(content: str) -> str:
    return content if content.startswith("<w:tc>") else tc(content)


def _val(name: str, value: object) -> str:
    return f'<w:{name} w:val="{value}"/>'


def _rooted(kind: str, content: str) -> str:
    return f"<w:{kind} {_NAMESPACES}>{content}</w:{kind}>"


def _sheet(content: str) -> str:
    inner = content if content.startswith("<") else ""
    return f'<worksheet xmlns="{_EXCEL}" xmlns:r="{_RELATIONS}">{inner}</worksheet>'


def _content_types(part: str, main_type: str) -> str:
    return (
        f'<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{part}" ContentType="{main_type}"/></Types>'
    )


def _relations(inner: Sequence[Link], external: Sequence[Link] = ()) -> str:
    listed_inside = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(inner, start=1)
    )
    listed_outside = "".join(
        f'<Relationship Id="x{n}" Type="{_RELATIONS}/{kind}" Target="{target}"'
        ' TargetMode="External"/>'
        for n, (kind, target) in enumerate(external)
    )
    return (
        f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
        f"{listed_inside}{listed_outside}</Relationships>"
    )
