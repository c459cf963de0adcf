#!/bin/sh
# Make a virtual environment and install the project into it.
# Usage: tools/setup.sh FOLDER EXTRAS
# python3 and pip are enough; uv is used if it is installed and works.
set -eu
venv=$1
extras=$2
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "vision_magic needs Python 3.11 or newer; $python is $("$python" --version 2>&1)." >&2
    echo "Choose a newer one: make PYTHON=python3.12 …" >&2
    exit 1
fi
echo "Setting up $venv with [$extras]; the first time this takes a few minutes." >&2

if command -v uv >/dev/null 2>&1; then
    if { [ -d "$venv" ] || uv venv --quiet --python "$python" "$venv"; } &&
        uv pip install --python "$venv/bin/python" -e ".[$extras]"; then
        exit 0
    fi
    echo "uv could not install the project; trying pip." >&2
fi
if [ ! -x "$venv/bin/python" ] && ! "$python" -m venv "$venv"; then
    echo "python3 cannot make virtual environments here. On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
fi
# A virtual environment made by uv has no pip.
"$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip --upgrade >/dev/null
"$venv/bin/python" -m pip install --disable-pip-version-check -e ".[$extras]"
