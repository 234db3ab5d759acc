"""Small valid files of every format, and files made of them by chance that hardly are any more."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from typing import Final
from xml.etree import ElementTree

from tests.factories_office import (
    c,
    docx,
    listed,
    looks,
    numbering,
    p,
    page_break,
    r,
    row,
    superscript,
    table,
    tc,
    xlsx,
    zipped,
)
from tests.factories_pdf import GRID, flowing_pdf
from tests.factories_pdf import table as drawn_table

_DOSES: Final = [["Drug", "Dose"], ["Vincristine", "1.5 mg/m2"], ["Cisplatin", "75 mg/m2"]]
_TEXT: Final = (
    "# Wilms tumour\n\nEdition 2.1\n\n| Drug | Dose |\n|---|---|\n| Vincristine | 2 mg |\n"
)
_HTML: Final = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>Wilms</title></head><body>"
    "<h1>Wilms</h1>"
    "<ol start=3><li>Vincristine 1.5 mg/m<sup>2</sup><li>día 1</ol><table>"
    "<caption>Table 1</caption>"
    "<tr><th rowspan=2>Drug<th colspan=2>Dose</tr><tr><th>A<th>B</tr><tr><td>x<td>1 mg<td>2 mg</tr>"
    "</table><pre>a  b</pre><p style='display:none'>no</p></body></html>"
)


def _word() -> bytes:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    merged = tc("Drug", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
    return docx(
        p(r("Wilms tumour", '<w:sz w:val="40"/>')),
        listed("Vincristine 1.5 mg/m"),
        p(r("given"), superscript("2"), note, properties='<w:outlineLvl w:val="1"/>'),
        table((merged, "Dose"), (tc("", "<w:vMerge/>"), "1.5 mg"), (tc(table(("a", "b"))), "c")),
        page_break(),
        p('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'),
        numbering=numbering(("upperRoman", "%1."), ("lowerLetter", "%1.%2")),
        styles='<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/></w:style>',
        footnotes=f'<w:footnote w:id="2">{p("in 50 mL")}</w:footnote>',
    )


def _book() -> bytes:
    lines = row(1, "Drug", "Dose") + f'<row r="2">{c("A2", 1.5)}{c("B2", 45717.25, 1)}</row>'
    shared = f'<row r="3">{c("A3", "<c t=" + chr(34) + "s" + chr(34) + "><v>0</v></c>")}</row>'
    sheet = (
        f'<cols><col min="3" max="4" hidden="1"/></cols><sheetData>{lines}{shared}</sheetData>'
        '<mergeCells><mergeCell ref="A3:B4"/></mergeCells>'
    )
    styles = looks("0.00%", "[$-C0A]d mmmm yyyy h:mm", '[<5]0.0;0;0;"at "@', fonts=("<b/>",))
    return xlsx({"Doses": sheet}, styles=styles, texts=["<si><r><t>_x0041_</t></r></si>"])


def _pdf() -> bytes:
    words = "Vincristine 1.5 mg/m<super>2</super> on day 1."
    return flowing_pdf("Table 1. Doses.", drawn_table(_DOSES, GRID), words, packed=False)


SEEDS: Final = {
    ".pdf": _pdf(),
    ".docx": _word(),
    ".xlsx": _book(),
    ".csv": 'Fármaco;Dosis\nVincristina;1,5 mg/m2\n"a;b";2\n'.encode(),
    ".html": _HTML.encode(),
    ".txt": _TEXT.encode(),
    ".md": _TEXT.encode(),
}
_NUMBERS: Final = (
    "0",
    "-1",
    "1",
    "255",
    "65536",
    "2147483648",
    "1e38",
    "9" * 400,
    "0." + "0" * 400,
)
_VALUES: Final = (
    *_NUMBERS,
    *("", "1e999", "nan", "٣", "true", "A0", "XFD1048576", "A1:XFD1048576", "rId1", "../../x"),
    *("%1%2%9", "[>1.2.3]0;0;0;@", "0." + "0" * 300, "[$-fffffffffff]yyyy", "[h]:mm:ss.000", "E+0"),
    *("_x0000_", "\u2028", "continue", "superscript", "lowerRoman", "lowerLetter", "inlineStr"),
)
_TOKENS: Final = {
    ".pdf": (
        *(
            "/Kids[2 0 R]",
            "/Count 99999999",
            "/Length -1",
            "/MediaBox[0 0 1e30 1e30]",
            "/Rotate 91",
        ),
        *("/Filter/FlateDecode", "/Predictor 15", "/Encrypt 1 0 R", "[[[[[[", "<<<<<<", "q ", "BT"),
        *("1 0 obj", "endobj", "endstream", "/Parent 3 0 R", "/Type/Pages", "0 0 0 0 re W n", "Tj"),
        *("1e30 0 0 1e30 0 0 cm", "0 Tz", "-999999 TL", "/Contents 4 0 R", "xref", "trailer"),
    ),
    ".docx": ("<w:tbl>", "</w:tbl>", "<w:tc>", "<!ENTITY a 'b'>", "&a;", "&#0;", "<![CDATA["),
    ".xlsx": ("<sheet ", "<row r='0'>", "</c>", "<!ENTITY a 'b'>", "&a;", "&#xFFFF;", "<f>"),
    ".csv": ('"', '""', ";", ",", "\t", "|", "\r", "\n" * 9, "\0", "\ufeff", "\x85", "a," * 600),
    ".html": (
        *(
            "<table>",
            "</table>",
            "<tr>",
            "<td rowspan=100 colspan=100>",
            "<ol start=99999>",
            "<li>",
        ),
        *("<div>" * 90, "<table><tr><td>" * 30, "<!--", "<![CDATA[", "&#x110000;", "&#0;", "<svg>"),
        *("<meta charset=utf-7>", "<meta charset=\0>", "<base href=http://a.test>", "<pre>", "<p>"),
    ),
    ".txt": ("\f", "\f" * 40, "\r", "\u2028", "\0", "\ufeff", "|", "#", "\t", "mg/m2", "1,5-" * 40),
    ".md": ("|", "|---|---|\n", "# ", "\f", "| " * 300, "\n\n", "**", "\x0b", "\u2029", "1." * 40),
}
_TAGS: Final = {
    ".docx": (
        *("tbl", "tr", "tc", "p", "r", "t", "sdt", "sdtContent", "txbxContent", "br", "ins", "del"),
        *("gridSpan", "vMerge", "numPr", "pPr", "rPr", "sectPr", "footnoteReference", "basedOn"),
    ),
    ".xlsx": ("row", "c", "v", "is", "r", "t", "f", "mergeCell", "col", "sheet", "xf", "numFmt"),
}

Change = Callable[[bytearray, Random, Sequence[str]], None]


def mutant(suffix: str, chance: Random) -> bytes:
    """The file of a format after a few changes: of its bytes, its parts or its elements."""
    content = SEEDS[suffix]
    if suffix in _TAGS and chance.random() < 0.9:
        return _with_other_parts(content, suffix, chance)
    keeps_places = suffix == ".pdf" and chance.random() < 0.6
    return _changed(content, suffix, chance, _IN_PLACE if keeps_places else _ANYWHERE)


def _changed(content: bytes, suffix: str, chance: Random, changes: Sequence[Change]) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        if data:
            chance.choice(changes)(data, chance, _TOKENS[suffix])
    return bytes(data)


def _flip(data: bytearray, chance: Random, _: Sequence[str]) -> None:
    data[chance.randrange(len(data))] = chance.randrange(256)


def _overwrite(data: bytearray, chance: Random, tokens: Sequence[str]) -> None:
    token = chance.choice(tokens).encode("utf-8", "replace")
    at = chance.randrange(len(data))
    data[at : at + len(token)] = token[: len(data) - at]


def _swap(data: bytearray, chance: Random, _: Sequence[str]) -> None:
    length = chance.randint(1, 40)
    one, other = (chance.randrange(max(1, len(data) - length)) for _ in "ab")
    first = data[one : one + length]
    data[one : one + length] = data[other : other + length]
    data[other : other + length] = first


def _digits(data: bytearray, chance: Random, _: Sequence[str]) -> None:
    found = list(re.finditer(rb"\d+", data))
    if found:
        start, end = chance.choice(found).span()
        data[start:end] = bytes(chance.choice(b"0123456789") for _ in range(end - start))


def _number(data: bytearray, chance: Random, _: Sequence[str]) -> None:
    found = list(re.finditer(rb"\d+", data))
    if found:
        start, end = chance.choice(found).span()
        data[start:end] = chance.choice(_NUMBERS).encode()


def _insert(data: bytearray, chance: Random, tokens: Sequence[str]) -> None:
    at = chance.randrange(len(data))
    data[at:at] = chance.choice(tokens).encode("utf-8", "replace") * chance.choice((1, 1, 2, 50))


def _run(data: bytearray, chance: Random, _: Sequence[str]) -> None:
    at = chance.randrange(len(data))
    data[at:at] = bytes([chance.randrange(256)]) * chance.choice((1, 10, 5000))


def _repeat(data: bytearray, chance: Random, _: Sequence[str]) -> None:
    start = chance.randrange(len(data))
    block = data[start : start + chance.randint(1, 400)]
    data[start:start] = block * chance.choice((1, 3, 100))


def _cut(data: bytearray, chance: Random, _: Sequence[str]) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, 200)]


def _end(data: bytearray, chance: Random, _: Sequence[str]) -> None:
    del data[chance.randrange(len(data)) :]


_IN_PLACE: Final = (_flip, _overwrite, _swap, _digits)
"""These leave what follows where it stood, so that tables of places still hold."""

_ANYWHERE: Final = (*_IN_PLACE, _number, _insert, _run, _repeat, _cut, _end)


def _with_other_parts(content: bytes, suffix: str, chance: Random) -> bytes:
    whole = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: whole.read(name) for name in whole.namelist()}
    for name in chance.sample(sorted(parts), chance.choice((1, 1, 2))):
        if chance.random() < 0.8:
            parts[name] = _with_other_elements(parts[name], suffix, chance)
        else:
            parts[name] = _changed(parts[name], suffix, chance, _ANYWHERE)
    if chance.random() < 0.1:
        del parts[chance.choice(sorted(parts))]
    return zipped(parts)


def _with_other_elements(part: bytes, suffix: str, chance: Random) -> bytes:
    root = ElementTree.fromstring(part)
    for _ in range(chance.choice((1, 2, 4, 10))):
        element = chance.choice(list(root.iter()))
        chance.choice((_value, _value, _words, _tag, _twice, _nest, _move, _drop))(
            root, element, chance, _TAGS[suffix]
        )
    return ElementTree.tostring(root)


Element = ElementTree.Element


def _value(_: Element, element: Element, chance: Random, __: Sequence[str]) -> None:
    if element.attrib:
        element.set(chance.choice(sorted(element.attrib)), chance.choice(_VALUES))


def _words(_: Element, element: Element, chance: Random, __: Sequence[str]) -> None:
    element.text = chance.choice(_VALUES) * chance.choice((1, 1, 30))


def _tag(_: Element, element: Element, chance: Random, tags: Sequence[str]) -> None:
    address = element.tag.rpartition("}")[0]
    element.tag = (f"{address}}}" if address else "") + chance.choice(tags)


def _twice(_: Element, element: Element, chance: Random, __: Sequence[str]) -> None:
    if len(element):
        one = chance.choice(list(element))
        element.extend([one] * chance.choice((1, 2, 60)))


def _nest(_: Element, element: Element, chance: Random, tags: Sequence[str]) -> None:
    inside = list(element)
    address = element.tag.rpartition("}")[0]
    for _ in range(chance.choice((1, 5, 60, 190))):
        element = ElementTree.SubElement(
            element, f"{address}}}" * bool(address) + chance.choice(tags)
        )
    element.extend(inside)


def _move(root: Element, element: Element, chance: Random, _: Sequence[str]) -> None:
    target = chance.choice(list(root.iter()))
    if target not in list(element.iter()):
        target.append(element)


def _drop(_: Element, element: Element, chance: Random, __: Sequence[str]) -> None:
    if len(element):
        element.remove(chance.choice(list(element)))
