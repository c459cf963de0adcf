#!/bin/sh
# Install the Chromium that the browser tests need, if this user may install Debian packages. If not, say how.
set -eu
if [ -x /usr/bin/chromium ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing chromium for the browser tests." >&2
    if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
        >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "/usr/bin/chromium is missing: the browser tests are skipped. On Debian and Ubuntu: apt-get install chromium" >&2
