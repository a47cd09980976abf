#!/usr/bin/env bash
# Brings up a PostgreSQL for the tests:  eval "$(bash scripts/pg.sh)"
#
# Prints `export DATABASE_URL=…` on standard output and everything else on standard error. Takes, in this order: the
# DATABASE_URL that is given; a server on 127.0.0.1:5432 that lets `postgres` in; a throw-away cluster of its own, which
# `bash scripts/pg.sh stop` ends. Without PostgreSQL it installs one where it may, or else exports nothing.
set -euo pipefail

DIR=${IAMKIT_PG_DIR:-$(dirname "$(mktemp -u)")/iamkit-pg-$(id -u)}
PORT=${IAMKIT_PG_PORT:-54329}
SHARED=${IAMKIT_PG_SHARED_PORT:-5432}

log() { echo "pg: $*" >&2; }
programs() { find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1; }
is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
is_root() { [ "$(id -u)" = 0 ]; }
as_owner() { if is_root; then runuser -u postgres -- "$@"; else "$@"; fi; } # PostgreSQL refuses root

# $1: port. Makes the database `test` and says where it is.
announce() {
  local ask=("$(programs)/psql" -h 127.0.0.1 -p "$1" -U postgres -wAtqc)
  "${ask[@]}" "select 1 from pg_database where datname = 'test'" | grep -q 1 || "${ask[@]}" 'create database test' >&2
  echo "export DATABASE_URL='postgres://postgres@127.0.0.1:$1/test'"
}

install() {
  if ! is_root || ! command -v apt-get >/dev/null; then return 1; fi
  log 'installing PostgreSQL'
  mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/iamkit.conf
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >&2
}

start() {
  if [ ! -s "$DIR/data/PG_VERSION" ]; then
    rm -rf "$DIR" && mkdir -p "$DIR"
    if is_root; then chown postgres "$DIR"; fi
    as_owner "$(programs)/initdb" -D "$DIR/data" -A trust -U postgres --no-sync -E UTF8 --locale=C >&2
  fi
  rm -f "$DIR/data/postmaster.pid"
  local options="-p $PORT -c listen_addresses=127.0.0.1 -k $DIR -c fsync=off -c full_page_writes=off"
  as_owner "$(programs)/pg_ctl" -D "$DIR/data" -w -l "$DIR/log" -o "$options" start >&2
}

if [ "${1:-start}" = stop ]; then
  if [ -f "$DIR/data/postmaster.pid" ]; then
    as_owner "$(programs)/pg_ctl" -D "$DIR/data" -m immediate stop >&2
  fi
  exit 0
fi

if [ -n "${DATABASE_URL:-}" ]; then
  echo "export DATABASE_URL='$DATABASE_URL'"
  exit 0
fi
if [ -z "$(programs)" ] && ! install; then
  log 'no PostgreSQL: what needs one is not tested'
  exit 0
fi
if is_open "$SHARED" && "$(programs)/psql" -h 127.0.0.1 -p "$SHARED" -U postgres -wAtqc 'select 1' postgres >/dev/null 2>&1; then
  log "using the server on 127.0.0.1:$SHARED"
  announce "$SHARED"
  exit 0
fi
if ! is_open "$PORT"; then
  start
  echo 'export IAMKIT_PG_STARTED=1'
fi
announce "$PORT"
