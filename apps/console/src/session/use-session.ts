import { dataOf, ProblemError, type Schemas } from '@orchestrator/client/client.js';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queries, SESSION } from '../api.js';

export type Session = Schemas['Session'];
export type Scope = Session['scopes'][number];

/** Reads the session; null: nobody is signed in. */
async function readSession(): Promise<Session | null> {
  try {
    return await dataOf(api.GET('/v1/session'));
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 401) return null;
    throw error;
  }
}

/** `data` is null when nobody is signed in, and becomes null when the session ends. */
export const useSession = () => useQuery({ queryKey: SESSION, queryFn: readSession, staleTime: 60_000 });

/** Returns true if the session has one of these scopes. A user's rights are not scopes. */
export function useMay(...scopes: Scope[]): boolean {
  const { data } = useSession();
  return scopes.some((scope) => data?.scopes.includes(scope));
}

/** Nothing of what another has seen is kept. */
function become(session: Session | null): void {
  queries.removeQueries({ predicate: ({ queryKey: [name] }) => name !== SESSION[0] });
  queries.setQueryData(SESSION, session);
}

export const useSignIn = () =>
  useMutation({
    mutationFn: (pasted: string) =>
      dataOf(api.POST('/v1/session', { body: { credential: credentialIn(pasted) } })),
    onSuccess: become,
  });

export const useSignOut = () =>
  useMutation({
    mutationFn: () => dataOf(api.DELETE('/v1/session')),
    onSuccess: () => become(null),
  });

/** Finds the credential in pasted text: a key, a token, an Authorization header, or the JSON of a Supabase session. */
function credentialIn(pasted: string): string {
  const text = pasted.trim().replace(/^(authorization:\s*)?bearer\s+/i, '');
  try {
    const { access_token: token } = JSON.parse(text) as { access_token?: unknown };
    return typeof token === 'string' ? token : text;
  } catch {
    return text;
  }
}
