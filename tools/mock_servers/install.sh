#!/bin/sh
# Servers that others wrote, for tests, from npm: aimock with files and batches, steady that judges requests by OpenAI's
# schema; 5 s and 107 MB, once. Node 20 or later. Where they cannot be installed, say so: the tests are then skipped.
# Not installed by a test: a program may be busy for a while after it was written.
set -eu
[ -e "$1/.installed" ] && exit 0

install() (
    set -e
    rm -rf "$1"
    mkdir -p "$1"
    cd "$1"
    npm init -y
    npm install @copilotkit/aimock@1.43.0 @stdy/cli@0.22.2 --ignore-scripts --no-audit --no-fund
    node -e "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)"
    touch .installed
)

if ! command -v npm >/dev/null 2>&1; then
    echo "aimock and steady need npm and Node 20, which are not here: the tests against them are skipped." >&2
    exit 0
fi
echo "Installing aimock and steady for the tests against servers that others wrote." >&2
set +e
mkdir -p "$(dirname "$1")"
install "$1" >"$1.log" 2>&1
[ $? = 0 ] || echo "aimock and steady could not be installed ($1.log says why): their tests are skipped." >&2
exit 0
