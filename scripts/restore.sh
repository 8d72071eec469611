#!/usr/bin/env bash
# usage: restore.sh <file>
# Reads a file of backup.sh into a database that has no tables of the orchestrator yet: all of it, or nothing.
# Takes MIGRATION_DATABASE_URL (the role that is to own the tables) and DATABASE_SCHEMA (default public). Afterwards run
# `npm run migrate`, which gives the application's role its rights, and `audit verify`.
set -euo pipefail

[ $# = 1 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
file=$1
url=${MIGRATION_DATABASE_URL:?set MIGRATION_DATABASE_URL: the role that is to own the tables}
schema=${DATABASE_SCHEMA:-public}
command -v pg_restore >/dev/null || { echo 'pg_restore is missing: apt-get install postgresql-client' >&2; exit 2; }
[ -r "$file" ] || { echo "$file cannot be read" >&2; exit 2; }

there=$(psql "$url" --no-psqlrc --tuples-only --no-align \
  --command "SELECT count(*) FROM pg_tables WHERE schemaname = '$schema' AND tablename = 'orchestrator_migrations'")
[ "$there" = 0 ] || { echo "The schema $schema holds an orchestrator already. Restore into another database." >&2; exit 1; }

psql "$url" --no-psqlrc --quiet --command "SET client_min_messages = warning; CREATE SCHEMA IF NOT EXISTS \"$schema\""
pg_restore --dbname="$url" --schema="$schema" --single-transaction --exit-on-error --no-owner --no-privileges "$file"
echo "✅ $schema is restored. Now: npm run migrate (rights), then start api and worker and run: orchestrate-bedrock.sh audit verify"
