import { Problem } from './responses.ts';
import { need } from './settings.ts';

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** Compares in a time that says nothing of the secret. @throws Problem (401) */
export async function requireSecret({ headers }: Request, secretName: string): Promise<void> {
  const [given, wanted] = await Promise.all([
    digest(headers.get('x-webhook-secret') ?? ''),
    digest(need(secretName)),
  ]);
  let difference = 0;
  for (const [index, byte] of wanted.entries()) difference |= byte ^ given[index];
  if (difference !== 0) throw new Problem(401, 'secret_invalid', `Send ${secretName} as x-webhook-secret`);
}
