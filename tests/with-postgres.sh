#!/bin/sh
# Runs a command with DATABASE_URL naming a PostgreSQL server of its own, in a folder that is gone afterwards.
#   sh tests/with-postgres.sh .venv/bin/python -m pytest tests/web
set -eu

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] || programs=$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/initdb)")
if [ ! -x "$programs/initdb" ]; then
    echo "PostgreSQL is not installed, so its run of the site's tests is left out. On Debian: sudo apt-get install postgresql"
    exit 0
fi

place=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
# The server refuses to be run by root.
as=""
if [ "$(id -u)" = 0 ]; then
    chown postgres "$place"
    as="runuser -u postgres --"
fi
finish() {
    $as "$programs/pg_ctl" --pgdata "$place/data" --mode immediate stop >/dev/null 2>&1 || true
    rm -rf "$place"
}
trap finish EXIT INT TERM

cd "$place"
$as "$programs/initdb" --pgdata "$place/data" --username frankpledge --auth trust --encoding UTF8 --no-sync >/dev/null
# One run's data: a power cut may take it.
$as "$programs/pg_ctl" --pgdata "$place/data" --wait --log "$place/log" \
    --options "-p $port -k $place -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200" start >/dev/null
$as "$programs/createdb" --host 127.0.0.1 --port "$port" --username frankpledge frankpledge
cd "$OLDPWD"
DATABASE_URL="postgres://frankpledge@127.0.0.1:$port/frankpledge" FRANKPLEDGE_POSTGRES_PROGRAMS="$programs" \
    FRANKPLEDGE_POSTGRES_DATA="$place/data" "$@"
