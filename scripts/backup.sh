#!/usr/bin/env bash
# usage: backup.sh <file>
# Writes a consistent snapshot of all tables of the orchestrator into one file, while api and worker run.
# Takes MIGRATION_DATABASE_URL (or DATABASE_URL) and DATABASE_SCHEMA (default public), and pg_dump of the server's major
# version or newer. Redis needs no backup. docs/backup.md says what else to keep.
set -euo pipefail

[ $# = 1 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
file=$1
url=${MIGRATION_DATABASE_URL:-${DATABASE_URL:?set MIGRATION_DATABASE_URL: the role that owns the tables}}
command -v pg_dump >/dev/null || { echo 'pg_dump is missing: apt-get install postgresql-client' >&2; exit 2; }
[ ! -e "$file" ] || { echo "$file exists already: give another name" >&2; exit 2; }

umask 077
trap 'rm -f "$file.part"' EXIT
pg_dump "$url" --schema="${DATABASE_SCHEMA:-public}" --format=custom --no-owner --no-privileges --file="$file.part"
mv "$file.part" "$file"
echo "✅ $file: $(du -h "$file" | cut -f1), $(pg_restore --list "$file" | grep -c 'TABLE DATA') tables"
