#!/bin/sh
# VS Code for the browser tests: code-server 4.100.3 (VS Code 1.100), from npm alone; about 75 s and 314 MB, once. Its own
# install script would fetch parts from elsewhere, so its steps that matter are done here. Node 20; no ripgrep, no login.
# Where it cannot be installed, say so: the tests are then skipped.
set -eu
[ -e "$1/.installed" ] && exit 0

install() (
    set -e
    rm -rf "$1"
    mkdir -p "$1"
    cd "$1"
    npm pack code-server@4.100.3 --silent
    npm init -y
    npm install ./code-server-4.100.3.tgz --ignore-scripts --no-audit --no-fund
    code=$PWD/node_modules/code-server/lib/vscode
    for part in "$code" "$code/extensions"; do
        cd "$part"
        npm install --ignore-scripts --omit=dev --no-audit --no-fund
    done
    ln -sfn node_modules "$code/node_modules.asar"
    gyp=$(npm root -g)/npm/node_modules/node-gyp/bin/node-gyp.js
    for module in @vscode/spdlog node-pty; do
        cd "$code/node_modules/$module"
        node "$gyp" rebuild --nodedir=/usr
    done
    # Passwords, which the tests do not use: the module would download its binary.
    echo 'module.exports = { hash: async () => "", verify: async () => false, needsRehash: () => false };' \
        >"$code/../../../argon2/argon2.js"
    touch "$code/../../../../.installed"
)

echo "Installing VS Code for the browser tests." >&2
set +e
mkdir -p "$(dirname "$1")"
install "$1" >"$1.log" 2>&1
[ $? = 0 ] || echo "VS Code could not be installed ($1.log says why): its tests are skipped." >&2
exit 0
