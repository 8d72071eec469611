import { type Capability, inWords, isKnownToTake, takes } from '#libs/catalogue/capabilities.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import { type Lack, REFUSES_FORM } from './call-attempts.js';

/** Model of an attempt, and the first model of the call. */
export interface Candidate {
  model: Model;
  first: Pick<Model, 'id' | 'provider'>;
}

/** Forms that a fallback gets unless it is known to refuse them. */
const TRIED: ReadonlySet<Capability> = new Set(['guardrail', 'repeatedRoles']);
const TOOLS: ReadonlySet<Capability> = new Set(['tools', 'toolChoiceAny', 'toolChoiceTool', 'strictTools']);
const CONTENT: ReadonlySet<Capability> = new Set([
  ...(['image', 'document', 'video', 'audio', 's3Location', 'citations'] as const),
]);

/**
 * Returns whether a model gets a form. What is not known of a model is taken by the first, and refused by a fallback: no
 * fact that is missing here makes an error of a request that works.
 */
export const getsForm = (form: Capability, { model, first }: Candidate): boolean =>
  model.id === first.id || TRIED.has(form) ? takes(model, form) : isKnownToTake(model, form);

/** Returns why a model cannot take a request that needs these forms; undefined: it can. */
export function lackAmong(needs: readonly Capability[], candidate: Candidate): Lack | undefined {
  const missing = needs.filter((form) => !getsForm(form, candidate));
  return missing.length === 0 ? undefined : { reason: reasonOf(missing), lacks: missing.map(inWords) };
}

function reasonOf(missing: Capability[]): string {
  if (missing.some((form) => TOOLS.has(form))) return 'tools_not_supported';
  return missing.some((form) => CONTENT.has(form)) ? 'content_not_supported' : REFUSES_FORM;
}
