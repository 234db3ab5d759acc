"""A reading program in a process forked for one file: the real program under its real limits.

Starting Python anew takes ten times as long as reading a small file; thousands of files are read
from one process that has loaded the programs already.
"""

import importlib
import multiprocessing
import os
import sys
import threading
import traceback

import fuente.adapters.page_reader
from fuente.adapters.page_reader.wire import line_from_fields

_PACKAGE = fuente.adapters.page_reader.__name__
PROGRAMS = ("pdf.read_pdf", "office.read_docx", "office.read_xlsx", "plain.read_csv",
            "plain.read_text", "web.read_html")  # fmt: skip
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__, *(f"{_PACKAGE}.{one}" for one in PROGRAMS)])


def answer_of(program, path, argument, seconds):
    """The lines a program writes of a file, and the code it ends with; killed when time is up."""
    reading, writing = _PROCESSES.Pipe(duplex=False)
    child = _PROCESSES.Process(target=_run, args=(program, path, argument, writing))
    child.start()
    writing.close()
    watchdog = threading.Timer(seconds, child.kill)
    watchdog.start()
    with os.fdopen(os.dup(reading.fileno()), "rb") as pipe:
        lines = pipe.readlines()
    reading.close()
    child.join()
    watchdog.cancel()
    return lines, child.exitcode


def _run(program, path, argument, pipe):
    """Run the program with a file for its input and a pipe for its output."""
    main = importlib.import_module(f"{_PACKAGE}.{program}").main
    sys.argv = [program, argument]
    with open(path) as sys.stdin, os.fdopen(os.dup(pipe.fileno()), "w") as sys.stdout:
        try:
            main()
        except Exception:
            sys.stdout.buffer.write(line_from_fields({"crashed": traceback.format_exc()}))
            sys.stdout.flush()
            os._exit(1)
