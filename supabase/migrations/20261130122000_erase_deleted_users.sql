-- Users who were deleted here and are to be erased in the orchestrator. A database webhook is sent once and may be lost;
-- a row is not. The function erase-deleted-user reads the rows. docs/migration.md has the steps.

CREATE TABLE public.user_erasures_due (
  user_id uuid PRIMARY KEY,
  deleted_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.user_erasures_due ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON public.user_erasures_due FROM PUBLIC, anon, authenticated, service_role;

-- In the transaction of the deletion, as the owner of the table: Supabase Auth has no right on it.
CREATE FUNCTION public.note_deleted_user()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.user_erasures_due (user_id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION public.note_deleted_user FROM PUBLIC, anon, authenticated, service_role;
CREATE TRIGGER note_deleted_user AFTER DELETE ON auth.users
  FOR EACH ROW EXECUTE FUNCTION public.note_deleted_user();

CREATE FUNCTION public.due_user_erasures()
RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT user_id FROM public.user_erasures_due ORDER BY deleted_at LIMIT 100
$$;
REVOKE ALL ON FUNCTION public.due_user_erasures FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.due_user_erasures TO service_role;

-- An access token remains valid for an hour after its user is deleted, and what somebody does with it is stored like any
-- other activity. A row therefore stays for longer than that, and its user is erased again.
CREATE FUNCTION public.finish_user_erasures(erased uuid[])
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  DELETE FROM public.user_erasures_due WHERE user_id = ANY (erased) AND deleted_at < now() - interval '70 minutes'
$$;
REVOKE ALL ON FUNCTION public.finish_user_erasures FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION public.finish_user_erasures TO service_role;
