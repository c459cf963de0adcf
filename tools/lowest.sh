#!/bin/sh
# Make a virtual environment with the lowest version of each dependency that pyproject.toml allows.
# Usage: tools/lowest.sh FOLDER
# pip always takes the newest version, so this needs uv. If uv is missing, it is installed from PyPI into FOLDER.
set -eu
venv=$1
python=${PYTHON:-python3}

rm -rf "$venv"
"$python" -m venv "$venv"
uv=$(command -v uv) || {
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check uv
    uv=$venv/bin/uv
}
# Wheels only: building an old version that has no wheel for this Python takes minutes, or fails.
"$uv" pip install --quiet --python "$venv/bin/python" --resolution lowest-direct --only-binary :all: \
    -r pyproject.toml --extra reader --extra jupyter --extra fast --extra keyring --extra dev
"$uv" pip install --quiet --python "$venv/bin/python" --no-deps -e .
