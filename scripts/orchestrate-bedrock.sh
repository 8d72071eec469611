#!/usr/bin/env bash
# The orchestrator on the command line: ./scripts/orchestrate-bedrock.sh --help
# Runs apps/cli, from any directory and through symbolic links, and builds it first where that is needed.
set -euo pipefail

fail() {
  printf '❌ %s\n' "$1" >&2
  exit 2
}

self=${BASH_SOURCE[0]}
while [ -L "$self" ]; do
  here=$(CDPATH='' cd -P -- "$(dirname -- "$self")" && pwd)
  self=$(readlink -- "$self")
  case $self in
    /*) ;;
    *) self=$here/$self ;;
  esac
done
root=$(CDPATH='' cd -P -- "$(dirname -- "$self")/.." && pwd)
main=$root/dist/apps/cli/src/main.js
prepare=$root/scripts/prepare.mjs

command -v node >/dev/null || fail 'Node.js is missing. Install Node.js 20.19 or newer: https://nodejs.org'
version=$(node --version)
IFS=. read -r major minor _ <<<"${version#v}"
if [ "$major" -lt 20 ] || { [ "$major" -eq 20 ] && [ "$minor" -lt 19 ]; }; then
  fail "Node.js $version is too old. Install Node.js 20.19 or newer: https://nodejs.org"
fi

# A source is newer than everything the last build wrote. A production image has no sources: then nothing is.
stale() {
  [ -d "$root/apps/cli/src" ] || return 1
  local built=() stamp
  for stamp in "$main" "$root/dist/.prepared.json"; do
    if [ -f "$stamp" ]; then built+=(-newer "$stamp"); fi
  done
  [ -n "$(find "$root/apps/cli/src" -name '*.ts' ! -name '*.spec.ts' "${built[@]}" -print -quit)" ]
}

if [ ! -f "$main" ] || [ ! -d "$root/node_modules" ] || stale; then
  if [ -f "$prepare" ]; then
    node "$prepare" >&2 || fail 'The program could not be built: see above.'
  fi
  [ -f "$main" ] || fail 'The program is not built. Build it with: npm ci && npm run build'
fi

export ORCHESTRATE_BEDROCK_NAME=$0
exec node "$main" "$@"
