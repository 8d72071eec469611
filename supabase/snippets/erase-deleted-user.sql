-- Calls the function erase-deleted-user after each deletion of a user, and every 15 minutes for what is still due. Run it
-- once in the SQL editor, with your project and the secret ERASE_WEBHOOK_SECRET in the four places; it takes the
-- extensions pg_net and pg_cron. The secret lets its holder start the function, and choose nothing.
-- Undo it with: SELECT cron.unschedule('erase-deleted-users'); DROP TRIGGER erase_deleted_user ON public.user_erasures_due;

-- As the dashboard makes a database webhook.
CREATE TRIGGER erase_deleted_user AFTER INSERT ON public.user_erasures_due
  FOR EACH ROW EXECUTE FUNCTION supabase_functions.http_request(
    'https://<project>.supabase.co/functions/v1/erase-deleted-user', 'POST',
    '{"content-type": "application/json", "x-webhook-secret": "<secret>"}', '{}', '5000'
  );

SELECT cron.schedule('erase-deleted-users', '*/15 * * * *', $$
  SELECT net.http_post(
    url := 'https://<project>.supabase.co/functions/v1/erase-deleted-user',
    headers := '{"content-type": "application/json", "x-webhook-secret": "<secret>"}'::jsonb,
    body := '{}'::jsonb
  )
$$);
