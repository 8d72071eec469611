/** A secret is missing or no good. The message says what to do and quotes nothing: it is logged. */
export class SettingError extends Error {}

/** @returns a secret of this project. @throws SettingError */
export function need(name: string): string {
  const value = Deno.env.get(name);
  if (!value) throw new SettingError(`${name} is not set: run "npx supabase secrets set ${name}=…"`);
  return value;
}

/** @returns a setting in milliseconds; the default where it is absent or no number */
export function milliseconds(name: string, byDefault: number): number {
  const value = Number(Deno.env.get(name));
  return value > 0 ? value : byDefault;
}

/** @returns where the orchestrator listens, without a slash at the end */
export const orchestratorUrl = (): string => need('ORCHESTRATOR_URL').replace(/\/+$/, '');
