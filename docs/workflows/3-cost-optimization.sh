#!/usr/bin/env bash
# Workflow 3: let a use case take its cheapest candidate, and watch what switching does.
# Takes SUPABASE_URL (default http://127.0.0.1:3000) and SUPABASE_SERVICE_KEY; with DATABASE_URL and psql it also runs
# the SQL of the source document.
set -euo pipefail
orchestrate=$(dirname "$0")/../../scripts/orchestrate-bedrock.sh

# Dearer first, whatever ran before, so that there is something to save.
"$orchestrate" switch eu.amazon.nova-2-lite-v1:0 "Longer answers" --use-case health
"$orchestrate" use-case health
"$orchestrate" auto-switch health
"$orchestrate" costs --group-by use-case --from 30d

if [ -n "${DATABASE_URL:-}" ] && command -v psql >/dev/null; then
  psql "$DATABASE_URL" --command "SELECT
  new_model_id,
  COUNT(*) as switches,
  switch_type
FROM bedrock_model_switches
WHERE DATE(timestamp) = CURRENT_DATE
GROUP BY new_model_id, switch_type
ORDER BY switches DESC;"
else
  echo 'No DATABASE_URL or no psql: the SQL of the document was not run.'
fi
