"""The name an uploaded file is shown under. It is never used as a path beyond its own folder."""

import re
import unicodedata
from typing import Final

_MOST: Final = 120
# Control and format characters: among them NUL, line feeds and marks that turn writing around.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def stored_name(sent: str) -> str:
    """The last part of what was sent, cleaned, at most 120 bytes, its suffix kept."""
    last = re.split(r"[/\\]", sent)[-1]
    shown = "".join(one for one in last if unicodedata.category(one) not in _HIDDEN)
    clean = unicodedata.normalize("NFC", shown).strip().lstrip(".").strip()
    stem, dot, suffix = clean.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, suffix = clean, ""
    room = _MOST - len(suffix.encode()) - len(dot)
    cut = stem.encode()[:room].decode(errors="ignore").strip() or "upload"
    return f"{cut}.{suffix}" if suffix else cut
