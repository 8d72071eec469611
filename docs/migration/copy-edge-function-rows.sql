-- Copies what the Supabase edge function left in schema public into the tables of the orchestrator. Run it as the owner
-- of both, once `migrate` and `seed` are done; running it again adds what is missing and changes nothing else.
--   psql "$MIGRATION_DATABASE_URL" --single-transaction --set ON_ERROR_STOP=1 \
--     --command 'SET search_path TO orchestrator' --file docs/migration/copy-edge-function-rows.sql
-- The document fixes the columns of bedrock_model_switches only. Of ai_assistants and ai_conversations this takes
-- id, name, user_id, use_case: put your names in where they differ.

-- What cannot be copied is counted first, and stops nothing.
DO $$
DECLARE unknown bigint;
BEGIN
  SELECT count(*) INTO unknown FROM public.ai_conversations old
  WHERE NOT EXISTS (SELECT FROM use_cases WHERE name = old.use_case);
  IF unknown > 0 THEN RAISE NOTICE '% conversations have a use case that is not here: they go to platform', unknown; END IF;
  SELECT count(*) INTO unknown FROM public.bedrock_model_switches WHERE new_model_id = previous_model_id;
  IF unknown > 0 THEN RAISE NOTICE '% switches from a model to itself are left out: nothing was switched', unknown; END IF;
END $$;

INSERT INTO ai_assistants (id, name, use_case)
SELECT old.id::text, old.name, old.use_case
FROM public.ai_assistants old JOIN use_cases ON use_cases.name = old.use_case
ON CONFLICT (id) DO NOTHING;

-- They follow their use case: the models that the edge function pinned are mostly dead by now.
INSERT INTO ai_conversations (id, user_id, use_case)
SELECT old.id::text, old.user_id::text, coalesce(use_cases.name, 'platform')
FROM public.ai_conversations old LEFT JOIN use_cases ON use_cases.name = old.use_case
ON CONFLICT (id) DO NOTHING;

CREATE TEMPORARY TABLE copied ON COMMIT DROP AS
SELECT old.*, old.conversation_id::text AS conversation, coalesce(here.use_case, 'platform') AS use_case,
  row_number() OVER (PARTITION BY old.conversation_id ORDER BY old.timestamp, old.id)
    + coalesce((SELECT max(seq) FROM switch_events WHERE conversation_id = old.conversation_id::text), 0) AS seq
FROM public.bedrock_model_switches old
LEFT JOIN ai_conversations here ON here.id = old.conversation_id::text
WHERE old.new_model_id <> old.previous_model_id
  AND NOT EXISTS (SELECT FROM switch_events WHERE switch_events.id = old.id);

-- The edge function did not write down who asked: the user is the actor.
INSERT INTO switch_events (id, scope, conversation_id, use_case, seq, user_id, actor, switch_action, switch_type,
  previous_model_id, new_model_id, reason, notification_shown, notification_title, notification_message, request_id,
  occurred_at)
SELECT id, 'conversation', conversation, use_case, seq, user_id::text, user_id::text, switch_action,
  coalesce(switch_type, CASE switch_action WHEN 'manual_switch' THEN 'manual' ELSE 'auto' END),
  previous_model_id, new_model_id, reason, coalesce(notification_shown, false), coalesce(notification_title, ''),
  coalesce(notification_message, ''), 'copied from the edge function', timestamp
FROM copied;

-- An audit row each; the worker seals them within seconds. The estimate stays the edge function's own.
INSERT INTO bedrock_model_switches (id, user_id, conversation_id, previous_model_id, new_model_id, switch_action, reason,
  notification_shown, notification_title, notification_message, switch_type, timestamp, cost_impact_estimated, scope,
  use_case, seq, actor, request_id, cost_impact_horizon, cost_impact_assumption)
SELECT event.id, event.user_id, event.conversation_id, event.previous_model_id, event.new_model_id, event.switch_action,
  event.reason, event.notification_shown, event.notification_title, event.notification_message, event.switch_type,
  event.occurred_at, copied.cost_impact_estimated, event.scope, event.use_case, event.seq, event.actor,
  event.request_id, 'not known', '{"source": "edge function"}'
FROM switch_events event JOIN copied USING (id);

-- The next switch of each conversation is counted on from here.
UPDATE ai_conversations SET switch_seq = last.seq
FROM (SELECT conversation_id, max(seq) AS seq FROM switch_events GROUP BY conversation_id) last
WHERE ai_conversations.id = last.conversation_id AND switch_seq < last.seq;
