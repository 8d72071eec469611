#!/usr/bin/env bash
# Workflow 4 for those who call Bedrock themselves: the model answered 429, so the next candidate takes over for this
# conversation. libs/client has the same in TypeScript. Who lets the service call (POST /v1/chat) need not do this.
# Takes SUPABASE_URL (default http://127.0.0.1:3000) and SUPABASE_SERVICE_KEY.
set -euo pipefail
url=${SUPABASE_URL:-http://127.0.0.1:3000}
conversation=workflow-4-$(date +%s)

act() {
  curl --silent --show-error --fail-with-body "$url/orchestrate" \
    --header "Authorization: Bearer $SUPABASE_SERVICE_KEY" --header 'Content-Type: application/json' --data "$1"
  echo
}

act "{\"action\": \"auto-switch\", \"useCase\": \"clinical\", \"conversationId\": \"$conversation\", \"userId\": \"patient-1\"}"
act "{
  \"action\": \"fallback-switch\", \"conversationId\": \"$conversation\", \"userId\": \"patient-1\",
  \"reason\": \"Rate limit exceeded on primary model\"
}"
curl --silent --show-error --fail-with-body "$url/v1/conversations/$conversation/model" \
  --header "Authorization: Bearer $SUPABASE_SERVICE_KEY"
echo
