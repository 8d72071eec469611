#!/usr/bin/env bash
# Workflow 2: a patient opens the clinical chat. The conversation follows its use case, the patient is notified, the switch
# is recorded. The second half lets the service do all that: a chat that begins with its use case.
# Takes SUPABASE_URL (default http://127.0.0.1:3000) and SUPABASE_SERVICE_KEY.
set -euo pipefail
url=${SUPABASE_URL:-http://127.0.0.1:3000}
conversation=workflow-2-$(date +%s)

ask() { # method, path, body
  curl --silent --show-error --fail-with-body --request "$1" "$url$2" \
    --header "Authorization: Bearer $SUPABASE_SERVICE_KEY" --header 'Content-Type: application/json' ${3:+--data "$3"}
  echo
}

ask POST /functions/v1/orchestrate-bedrock-models "{
  \"action\": \"auto-switch\", \"useCase\": \"clinical\",
  \"conversationId\": \"$conversation\", \"userId\": \"patient-1\", \"showNotification\": true
}"
ask GET "/v1/conversations/$conversation/model"
ask GET "/v1/conversations/$conversation/history"

ask POST /v1/chat "{
  \"conversationId\": \"$conversation-chat\", \"useCase\": \"clinical\", \"userId\": \"patient-1\", \"stream\": false,
  \"messages\": [{\"role\": \"user\", \"content\": \"What helps against a cold?\"}]
}"
