"""Make the illustrative protocols: `python scripts/build_corpus.py [FOLDER]`, by default `corpus/`.

The same sources give the same bytes, so a changed file in `corpus/` means a changed source here.
"""

import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_ROOT))

from scripts.corpus.build import build_corpus  # noqa: E402


def main(arguments: list[str]) -> int:
    """Build into the folder named, and say what was made."""
    target = Path(arguments[0]) if arguments else _ROOT / "corpus"
    for document in build_corpus(target, _ROOT / "scripts" / "corpus" / "manifest.csv"):
        size = len(document.content) // 1024
        print(f"{document.file}: {document.pages} pages, {size} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
