import type { BuiltApi } from '../../support/processes.js';

/** Verifies the chain as `audit verify` does. @throws when it is broken */
export async function assertIntactChain(api: BuiltApi): Promise<void> {
  const { text } = await api.send('POST', '/v1/audit/verify', {});
  const verdict = JSON.parse(text.trim().split('\n').at(-1)!);
  if (!verdict.intact)
    throw new Error(`the audit chain is broken: ${JSON.stringify(verdict.problems ?? verdict)}`);
}

/** @returns the message of the error that the work ended with, if any */
export async function complaintsOf(work: () => Promise<void>): Promise<string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
