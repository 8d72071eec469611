/** @returns a secret of this project. @throws an error that says how to set it */
export function need(name: string): string {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`${name} is not set: run "npx supabase secrets set ${name}=…"`);
  return value;
}

/** @returns a setting in milliseconds; the default where it is absent or no number */
export function milliseconds(name: string, byDefault: number): number {
  const value = Number(Deno.env.get(name));
  return value > 0 ? value : byDefault;
}

/** @returns where the orchestrator listens, without a slash at the end */
export const orchestratorUrl = (): string => need('ORCHESTRATOR_URL').replace(/\/+$/, '');
