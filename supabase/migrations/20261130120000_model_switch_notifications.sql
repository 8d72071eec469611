-- Notifications of model switches for the app: a row for each recipient, which only that person sees. The function
-- model-switch-notifications writes them, from the webhook of the orchestrator; the app binds to the table and gets new
-- rows by Realtime. A person who leaves takes the rows along. docs/migration.md has the steps.

CREATE TABLE public.model_switch_notifications (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  -- Of the message: the same id is the same message.
  webhook_id text NOT NULL,
  notification_id text NOT NULL,
  type text NOT NULL,
  title text NOT NULL,
  message text NOT NULL,
  model_id text NOT NULL,
  model_name text NOT NULL,
  -- All fields, in the form that showModelSwitchNotificationFromJson takes. Never the other recipients.
  notification jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  UNIQUE (webhook_id, user_id)
);
CREATE INDEX model_switch_notifications_of_user ON public.model_switch_notifications (user_id, created_at DESC);
CREATE INDEX model_switch_notifications_by_age ON public.model_switch_notifications (created_at);

ALTER TABLE public.model_switch_notifications ENABLE ROW LEVEL SECURITY;
-- Supabase grants everything on a new table to these roles, among it TRUNCATE, which no policy restricts.
REVOKE ALL ON public.model_switch_notifications FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT, UPDATE (acknowledged_at) ON public.model_switch_notifications TO authenticated;
CREATE POLICY recipient_reads ON public.model_switch_notifications FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY recipient_acknowledges ON public.model_switch_notifications FOR UPDATE TO authenticated
  USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));

-- Adds a message for those of its recipients who have an account, once, and deletes what is older than the feed keeps.
CREATE FUNCTION public.receive_model_switch_notification(message_id text, content jsonb, recipients uuid[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE added integer;
BEGIN
  INSERT INTO public.model_switch_notifications
    (user_id, webhook_id, notification_id, type, title, message, model_id, model_name, notification, created_at)
  SELECT users.id, message_id, content ->> 'id', content ->> 'type', content ->> 'title', content ->> 'message',
    content ->> 'modelId', content ->> 'modelName', content - 'recipients', (content ->> 'createdAt')::timestamptz
  FROM auth.users WHERE users.id = ANY (recipients)
  ON CONFLICT (webhook_id, user_id) DO NOTHING;
  GET DIAGNOSTICS added = ROW_COUNT;
  DELETE FROM public.model_switch_notifications WHERE created_at < now() - interval '180 days';
  RETURN added;
END $$;
REVOKE ALL ON FUNCTION public.receive_model_switch_notification FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.receive_model_switch_notification TO service_role;

-- Realtime sends a new row to those whom the policy lets read it.
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_publication WHERE pubname = 'supabase_realtime') THEN
    ALTER PUBLICATION supabase_realtime ADD TABLE public.model_switch_notifications;
  END IF;
END $$;
