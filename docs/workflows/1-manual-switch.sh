#!/usr/bin/env bash
# Workflow 1: move a use case to a cheaper model by hand, and see that it is recorded.
# Takes SUPABASE_URL (default http://127.0.0.1:3000) and SUPABASE_SERVICE_KEY. It leaves `health` on Nova Lite.
set -euo pipefail
orchestrate=$(dirname "$0")/../../scripts/orchestrate-bedrock.sh

"$orchestrate" list
"$orchestrate" validate eu.amazon.nova-lite-v1:0
"$orchestrate" switch eu.amazon.nova-lite-v1:0 "Cost reduction"
"$orchestrate" switches --limit 1
