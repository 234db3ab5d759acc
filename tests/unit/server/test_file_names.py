"""Names of uploaded files: shown, stored, and never a way out of a folder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuente.server.file_names import stored_name

NAMES = [
    ("protocol.pdf", "protocol.pdf"),
    ("Protocolo LLA (2025).PDF", "Protocolo LLA (2025).PDF"),
    ("../../etc/passwd", "passwd"),
    ("C:\\temp\\a.pdf", "a.pdf"),
    ("/absolute/a.pdf", "a.pdf"),
    ("", "upload"),
    (".", "upload"),
    ("..", "upload"),
    ("/", "upload"),
    (".bashrc", "bashrc"),
    ("a\x00b.pdf", "ab.pdf"),
    ("a\nb.pdf", "ab.pdf"),
    ("safe\u202efdp.exe", "safefdp.exe"),
    ("Jose\u0301.pdf", "José.pdf"),
    ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ("ñ" * 200 + ".pdf", "ñ" * 58 + ".pdf"),
    (".pdf", "pdf"),
    ("no suffix", "no suffix"),
]


@pytest.mark.parametrize(("sent", "stored"), NAMES)
def test_a_name_becomes_harmless_and_stays_readable(sent, stored):
    """The last part, without hidden characters, short, its suffix kept."""
    assert stored_name(sent) == stored


@given(st.text(max_size=400))
def test_any_name_is_a_plain_file_name(sent):
    """Never empty, never a folder, never longer than a file system takes."""
    name = stored_name(sent)

    assert name not in ("", ".", "..")
    assert "/" not in name
    assert "\0" not in name
    assert len(name.encode()) <= 120
