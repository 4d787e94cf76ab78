#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What PostgreSQL with one synchronous standby does on this machine: commits of one row, beside which the figures of a group
# are read (docs/performance.md). Both servers run here, on the disk of FOLDER, and are gone afterwards.
#
#   verification/bench/postgres-sync.sh FOLDER [SECONDS] [CONNECTIONS...]      default: 10 s each, 1 16 64 100 connections
#
# Needs initdb, pg_ctl, pg_basebackup, psql and pgbench of PostgreSQL 12 or later on the PATH, or their folder in PG_BIN. PostgreSQL does not
# run as root; started by root, the script goes on as the user postgres.
set -eu

folder=${1:?usage: postgres-sync.sh FOLDER [SECONDS] [CONNECTIONS...]}
seconds=${2:-10}
[ $# -lt 2 ] || shift
shift
[ $# -gt 0 ] || set -- 1 16 64 100
work=$folder/postgres-sync.$$

if [ "$(id -u)" = 0 ]; then
    mkdir "$work"
    chown postgres "$work"
    status=0
    runuser -u postgres -- env PG_SYNC_FOLDER="$work" PG_BIN="${PG_BIN:-}" PATH="$PATH" sh "$0" "$folder" "$seconds" "$@" || status=$?
    rm -rf "$work"
    exit $status
fi

work=${PG_SYNC_FOLDER:-$work}
mkdir -p "$work"
if [ -z "${PG_BIN:-}" ] && [ -x "$(command -v pg_config)" ]; then
    PG_BIN=$(pg_config --bindir)
fi
PATH=${PG_BIN:+$PG_BIN:}$PATH
export PGHOST="$work" PGDATABASE=postgres PGUSER=bench

stop() {
    for node in standby primary; do
        [ ! -d "$work/$node" ] || pg_ctl -D "$work/$node" -m immediate stop >/dev/null 2>&1 || true
    done
    rm -rf "$work"/*
    rmdir "$work" 2>/dev/null || true
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

start() {
    pg_ctl -D "$work/$1" -l "$work/$1.log" -w -o "-p $2 -k $work -c listen_addresses=''" start >/dev/null
}

initdb -D "$work/primary" -U bench --auth=trust >/dev/null
cat >>"$work/primary/postgresql.conf" <<EOF
synchronous_commit = on
synchronous_standby_names = '*'
max_connections = 200
shared_buffers = 256MB
EOF
start primary 5432
PGOPTIONS='-c synchronous_commit=local' psql -q -c 'CREATE TABLE changes (id bigserial PRIMARY KEY, realm int, changeset bytea)'
pg_basebackup -D "$work/standby" -R -X stream
start standby 5433
until [ "$(psql -At -c "SELECT sync_state FROM pg_stat_replication")" = sync ]; do
    sleep 0.2
done

# 130 bytes, as the changesets of the load generator have.
cat >"$work/insert.sql" <<'EOF'
\set realm random(1, 100)
INSERT INTO changes (realm, changeset) VALUES (:realm, decode(repeat('5a', 130), 'hex'));
EOF
psql -At -c 'SELECT version()'
printf '%-12s %14s %14s\n' connections 'commits/s' 'average ms'
for connections in "$@"; do
    threads=2
    [ "$connections" -ge 2 ] || threads=1
    pgbench -n -M prepared -c "$connections" -j "$threads" -T "$seconds" -f "$work/insert.sql" 2>/dev/null |
        awk -v n="$connections" '/^latency average/ { latency = $4 } /^tps/ { tps = $3 }
            END { if (tps == "") exit 1; printf "%-12s %14.0f %14.2f\n", n, tps, latency }'
done
echo "load average $(cut -d ' ' -f 1-3 /proc/loadavg)"
