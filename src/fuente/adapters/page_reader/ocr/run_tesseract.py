"""The program that becomes tesseract: limits first, then tesseract in place of Python.

Runs as `python -m fuente.adapters.page_reader.ocr.run_tesseract PROGRAM ARGUMENT...` with a picture
on standard input. Limits, process group and the clock of the parent hold for tesseract as they do
for every reading program.
"""

import os
import sys

from fuente.adapters.page_reader.limits import allow_files, confine
from fuente.adapters.page_reader.ocr.limits import CPU_SECONDS, MAX_FILES

_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
"""One thread: several give no other words, and take the cores of the service."""


def main() -> None:
    """Give up what is not needed and run the program named."""
    confine(CPU_SECONDS)
    allow_files(MAX_FILES)
    program, *arguments = sys.argv[1:]
    os.execve(program, ["tesseract", *arguments], _ENVIRONMENT)


if __name__ == "__main__":
    main()
