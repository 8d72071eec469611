import { z } from 'zod';
import type { Environment } from './environment.js';
import { readPrivateFile, settingsFile, writePrivateFile } from './private-file.js';

const content = z.object({
  signIns: z.record(
    z.string(),
    z.object({ token: z.string(), issuer: z.string(), expiresAt: z.string().nullable() }),
  ),
});

/** The sign-in of a person at an installation. */
export type SignIn = z.infer<typeof content>['signIns'][string];

/** The file of the sign-ins, by the address of the installation: a token is sent to no other. */
export const signInsFile = (env: Environment): string => settingsFile(env, 'sign-ins.json');

const read = (env: Environment): Record<string, SignIn> =>
  readPrivateFile(signInsFile(env), content, 'sign-ins')?.signIns ?? {};

/** @param url without a slash at its end. @throws CliFailure where others can read the file */
export function signInAt(env: Environment, url: string): SignIn | undefined {
  const known = read(env);
  return Object.hasOwn(known, url) ? known[url] : undefined;
}

/** @throws CliFailure */
export function keepSignIn(env: Environment, url: string, signIn: SignIn): void {
  writePrivateFile(signInsFile(env), { signIns: { ...read(env), [url]: signIn } });
}

/** @returns what was forgotten. @throws CliFailure */
export function forgetSignIn(env: Environment, url: string): SignIn | undefined {
  const found = signInAt(env, url);
  if (!found) return undefined;
  const { [url]: _, ...others } = read(env);
  writePrivateFile(signInsFile(env), { signIns: others });
  return found;
}
