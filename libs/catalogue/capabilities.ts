import { z } from 'zod';

const Fact = z
  .object({
    supported: z.boolean(),
    source: z.string().min(1).max(128),
    readOn: z.iso.date().meta({ description: 'When the source said so' }),
  })
  .meta({ id: 'CapabilityFact' });

const fact = (description: string) => Fact.optional().meta({ description });

/** Forms of a request that a model takes or refuses, each with its source. One that is absent is not known, and not restricted. */
export const Capabilities = z
  .object({
    temperature: fact('A temperature may be set'),
    topP: fact('topP may be set'),
    temperatureWithTopP: fact('Both may be set in one request'),
    assistantPrefill: fact('The last message may be the assistant’s, for the model to continue'),
    repeatedRoles: fact('Messages of one role may follow each other'),
    guardrail: fact('A guardrail may be applied'),
  })
  .meta({ id: 'ModelCapabilities' });
export type Capabilities = z.infer<typeof Capabilities>;
export type Capability = keyof Capabilities;

/** False: it is known that the model refuses this. */
export const takes = ({ capabilities }: { capabilities: Capabilities }, capability: Capability): boolean =>
  capabilities[capability]?.supported !== false;

const NAMES: Record<Capability, string> = {
  temperature: 'temperature',
  topP: 'topP',
  temperatureWithTopP: 'temperature together with topP',
  assistantPrefill: 'a last message of the assistant',
  repeatedRoles: 'messages of one role in a row',
  guardrail: 'a guardrail',
};

/** Returns the forms that a model refuses, in words; undefined: none is known. */
export function refusedForms(model: { capabilities: Capabilities }): string | undefined {
  const refused = (Object.keys(NAMES) as Capability[]).filter((name) => !takes(model, name));
  return refused.length === 0
    ? undefined
    : `it does not take ${refused.map((name) => NAMES[name]).join(', ')}`;
}
