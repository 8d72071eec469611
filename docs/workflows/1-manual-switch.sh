#!/usr/bin/env bash
# Workflow 1: move a use case to a cheaper model by hand, and see that it is recorded.
# Takes SUPABASE_URL (default http://127.0.0.1:3000) and SUPABASE_SERVICE_KEY. It leaves `health` on Nova Lite.
set -euo pipefail
orchestrate=$(dirname "$0")/../../scripts/orchestrate-bedrock.sh

# Dearer first, whatever ran before, so that there is something to save.
"$orchestrate" switch eu.amazon.nova-2-lite-v1:0 "Longer answers" --use-case health

"$orchestrate" list
"$orchestrate" validate eu.amazon.nova-lite-v1:0
"$orchestrate" switch eu.amazon.nova-lite-v1:0 "Cost reduction"
# The row of this switch: the newest of the use case itself, whatever is switched elsewhere.
"$orchestrate" switches --scope use_case --use-case health --limit 1
