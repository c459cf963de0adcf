#!/bin/sh
# See to it that the browser tests find a Chromium: from Debian, where we may install it; else say how.
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
echo "No /usr/bin/chromium: the browser tests are skipped. On Debian and Ubuntu: apt-get install chromium" >&2
