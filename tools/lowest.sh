#!/bin/sh
# Make a virtual environment with each dependency in the lowest version that pyproject.toml allows: tools/lowest.sh FOLDER
# pip always takes the newest; uv can do otherwise, and comes from PyPI into the same folder where it is not there.
set -eu
venv=$1
python=${PYTHON:-python3}

rm -rf "$venv"
"$python" -m venv "$venv"
uv=$(command -v uv) || {
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check uv
    uv=$venv/bin/uv
}
# Wheels only: an old version without one for this Python would be built for minutes, or not at all.
"$uv" pip install --quiet --python "$venv/bin/python" --resolution lowest-direct --only-binary :all: \
    -r pyproject.toml --extra reader --extra jupyter --extra fast --extra keyring --extra dev
"$uv" pip install --quiet --python "$venv/bin/python" --no-deps -e .
