#!/bin/sh
# Installs what the suite needs beside Python's packages: a few of the system's, where that is allowed, and the access
# checker that browsers run. Says plainly what is missing elsewhere.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v caddy >/dev/null 2>&1 || missing="$missing caddy"

if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing"
    apt-get -qq update
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing >/dev/null
elif [ -n "$missing" ]; then
    echo "Missing:$missing. Tests that need them will be skipped and say so. On Debian: sudo apt-get install$missing"
fi

# Once, before several suites begin side by side.
if command -v npm >/dev/null 2>&1 && [ ! -d tests/browser/node_modules/axe-core ]; then
    npm ci --silent --no-audit --no-fund --prefix tests/browser
fi
