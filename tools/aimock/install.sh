#!/bin/sh
# aimock 1.43.0 for the tests of batches: a server with files and batches that others wrote, from npm; 3 s and 12 MB, once.
# Node 20 or later. Where it cannot be installed, say so: the tests are then skipped.
set -eu
[ -e "$1/.installed" ] && exit 0

install() (
    set -e
    rm -rf "$1"
    mkdir -p "$1"
    cd "$1"
    npm init -y
    npm install @copilotkit/aimock@1.43.0 --ignore-scripts --no-audit --no-fund
    node -e "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)"
    touch .installed
)

if ! command -v npm >/dev/null 2>&1; then
    echo "aimock needs npm and Node 20, which are not here: the tests of batches against it are skipped." >&2
    exit 0
fi
echo "Installing aimock for the tests of batches." >&2
set +e
mkdir -p "$(dirname "$1")"
install "$1" >"$1.log" 2>&1
[ $? = 0 ] || echo "aimock could not be installed ($1.log says why): its tests are skipped." >&2
exit 0
