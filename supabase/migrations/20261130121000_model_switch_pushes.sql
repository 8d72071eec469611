-- Devices for the function push-model-switch-notifications, which pushes by Firebase Cloud Messaging. Leave it out where
-- nobody pushes. docs/migration.md has the steps.

-- A device belongs to the person who is signed in on it. The app registers its token after each sign-in, and deletes its
-- row before each sign-out.
CREATE TABLE public.model_switch_devices (
  token text PRIMARY KEY CHECK (length(token) BETWEEN 1 AND 4096),
  user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  registered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX model_switch_devices_of_user ON public.model_switch_devices (user_id, registered_at);
ALTER TABLE public.model_switch_devices ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON public.model_switch_devices FROM PUBLIC, anon, authenticated, service_role;
GRANT SELECT, DELETE ON public.model_switch_devices TO authenticated;
CREATE POLICY owner_reads ON public.model_switch_devices FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY owner_deletes ON public.model_switch_devices FOR DELETE TO authenticated
  USING (user_id = (SELECT auth.uid()));

-- Messages that a device had, so that one that comes again is pushed to the others only.
CREATE TABLE public.model_switch_pushes (
  webhook_id text NOT NULL,
  token text NOT NULL REFERENCES public.model_switch_devices (token) ON DELETE CASCADE,
  pushed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (webhook_id, token)
);
CREATE INDEX model_switch_pushes_of_device ON public.model_switch_pushes (token);
CREATE INDEX model_switch_pushes_by_age ON public.model_switch_pushes (pushed_at);
ALTER TABLE public.model_switch_pushes ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON public.model_switch_pushes FROM PUBLIC, anon, authenticated, service_role;

-- Gives the device to the caller, from a person who was signed in on it before. A person has the ten newest.
CREATE FUNCTION public.register_model_switch_device(device_token text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF auth.uid() IS NULL THEN RAISE insufficient_privilege USING MESSAGE = 'Sign in before you register a device'; END IF;
  INSERT INTO public.model_switch_devices (token, user_id) VALUES (device_token, auth.uid())
  ON CONFLICT (token) DO UPDATE SET user_id = excluded.user_id, registered_at = excluded.registered_at;
  DELETE FROM public.model_switch_devices WHERE token IN (
    SELECT token FROM public.model_switch_devices WHERE user_id = auth.uid() ORDER BY registered_at DESC OFFSET 10
  );
END $$;
REVOKE ALL ON FUNCTION public.register_model_switch_device FROM PUBLIC, anon, service_role;
GRANT EXECUTE ON FUNCTION public.register_model_switch_device TO authenticated;

CREATE FUNCTION public.model_switch_devices_to_push(message_id text, recipients uuid[])
RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT device.token FROM public.model_switch_devices device
  WHERE device.user_id = ANY (recipients) AND NOT EXISTS (
    SELECT FROM public.model_switch_pushes pushed WHERE pushed.webhook_id = message_id AND pushed.token = device.token
  )
$$;
REVOKE ALL ON FUNCTION public.model_switch_devices_to_push FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.model_switch_devices_to_push TO service_role;

-- Records the devices that had a message, and deletes those that are gone. Messages come again for three days at most.
CREATE FUNCTION public.record_model_switch_pushes(message_id text, pushed text[], gone text[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.model_switch_pushes (webhook_id, token)
  SELECT message_id, token FROM public.model_switch_devices WHERE token = ANY (pushed)
  ON CONFLICT DO NOTHING;
  DELETE FROM public.model_switch_devices WHERE token = ANY (gone);
  DELETE FROM public.model_switch_pushes WHERE pushed_at < now() - interval '7 days';
END $$;
REVOKE ALL ON FUNCTION public.record_model_switch_pushes FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.record_model_switch_pushes TO service_role;
