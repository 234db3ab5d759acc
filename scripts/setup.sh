#!/usr/bin/env bash
# Makes .venv ready for everything the Makefile does; `make setup` calls it. A second run is instant.
#
# constraints.txt is the whole list of what is installed, so pip resolves nothing (--no-deps):
# no package can bring another one, such as the CUDA libraries that torch's default build asks for.
# llama.cpp is compiled here, from source, while the other packages download.
#
# Offline: put the files into a folder and set PIP_NO_INDEX=1 PIP_FIND_LINKS=that folder.
set -euo pipefail
cd "$(dirname "$0")/.."

VENV=.venv
WHEELS=$VENV/wheels
LOG=$VENV/setup.log
LLAMA=$(grep -o -m1 '^llama-cpp-python==[^ ]*' constraints.txt)
STAMP=$VENV/.ready-$(cat pyproject.toml constraints.txt "$0" | sha256sum | cut -c1-16)

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3.11 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
      echo "$candidate"; return
    fi
  done
  fail "needs Python 3.11; name one with 'make setup PYTHON=/path/to/python3.11'"
}

make_venv() {
  [ -x $VENV/bin/pip ] && return
  local python; python=$(find_python)
  "$python" -m venv $VENV || fail "$python has no venv module: apt-get install python3-venv"
}

has() {  # has NAME==VERSION: that very version is installed
  $VENV/bin/python - "$1" <<'PY'
import sys
from importlib.metadata import PackageNotFoundError, version
name, wanted = sys.argv[1].split("==")
try:
    sys.exit(version(name).split("+")[0] != wanted)
except PackageNotFoundError:
    sys.exit(1)
PY
}

# Only the library itself: no command-line tools, no image models, no server of llama.cpp's.
build_llama() {
  CMAKE_ARGS="-DLLAVA_BUILD=OFF -DLLAMA_OPENSSL=OFF \
    -DCMAKE_PROJECT_llama.cpp_INCLUDE=$PWD/scripts/llama_library_only.cmake ${CMAKE_ARGS:-}" \
  SKBUILD_BUILD_TARGETS=llama \
  CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" \
    $VENV/bin/pip wheel -v --no-deps --wheel-dir $WHEELS "$LLAMA" >$VENV/llama.log 2>&1
}

# Prints a line every 15 seconds while the compiler runs, with its own count of files done.
wait_for_llama() {
  local pid=$1 step
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    if (( ++waited % 15 == 0 )); then
      step=$(grep -o '^ *\[[0-9]*/[0-9]*\]' $VENV/llama.log | tail -n1 || true)
      say "    still compiling llama.cpp ${step:-}"
    fi
  done
  wait "$pid" || { tail -n 30 $VENV/llama.log >&2; fail "llama.cpp did not compile; log: $VENV/llama.log"; }
}

install_packages() {
  grep -v '^llama-cpp-python==' constraints.txt >$VENV/packages.txt
  $VENV/bin/pip install --no-deps --no-compile --progress-bar off -r $VENV/packages.txt 2>&1 | tee -a $LOG |
    awk '/^Collecting/ && ++n % 20 == 0 { print "      " n " packages so far"; fflush() }
         /^Installing collected/ { print "      unpacking them"; fflush() }
         /^ERROR/ { print; fflush() }' >&2
}

check_torch() {
  $VENV/bin/python -c 'import torch' 2>>$LOG || fail "torch cannot be imported: the index gave a build \
without its CUDA libraries. Put the CPU wheel of $(grep -o -m1 '^torch==[^ ]*' constraints.txt) into a folder, \
set PIP_FIND_LINKS to it, delete $VENV and run 'make setup' again. Log: $LOG"
}

# Python would keep its compiled modules by itself, unless PYTHONDONTWRITEBYTECODE is set, as it is in
# many containers: then every start compiles torch and its thousands of modules anew.
compile_modules() {
  env -u PYTHONDONTWRITEBYTECODE $VENV/bin/python -c "
import sentence_transformers, chromadb, langchain.agents, llama_cpp, llguidance
import fastapi, uvicorn, pypdf, pypdfium2, typer, pytest, hypothesis" >>$LOG 2>&1 ||
    { tail -n 30 $LOG >&2; fail "the packages cannot be imported; log: $LOG"; }
}

[ -e "$STAMP" ] && [ -x $VENV/bin/fuente ] && exit 0
began=$SECONDS waited=0
say "Setting up $VENV (once; about 4 minutes on two cores)"
make_venv
: >$LOG
if ! has "$LLAMA"; then
  say "[1/3] Compiling llama.cpp in the background ($LLAMA)"
  build_llama & llama_pid=$!
  trap 'kill $llama_pid 2>/dev/null || true' EXIT
fi
say "[2/3] Installing $(grep -c '^[a-zA-Z]' constraints.txt) packages at pinned versions (about 500 MB)"
install_packages || { tail -n 30 $LOG >&2; fail "pip failed; log: $LOG"; }
check_torch
if [ -n "${llama_pid:-}" ]; then
  say "[3/3] Waiting for llama.cpp"
  wait_for_llama "$llama_pid"
  trap - EXIT
  $VENV/bin/pip install --no-deps --no-index --find-links $WHEELS "$LLAMA" >>$LOG 2>&1
fi
$VENV/bin/pip install --no-deps --no-build-isolation --editable . >>$LOG 2>&1 ||
  { tail -n 30 $LOG >&2; fail "fuente itself did not install; log: $LOG"; }
compile_modules
rm -f $VENV/.ready-*
touch "$STAMP"
say "Ready after $((SECONDS - began)) s: $VENV/bin/fuente"
command -v tesseract >/dev/null ||
  say "Scanned pages need tesseract: apt-get install tesseract-ocr tesseract-ocr-{spa,por}"
