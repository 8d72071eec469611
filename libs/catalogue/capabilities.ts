import { z } from 'zod';

const Fact = z
  .object({
    supported: z.boolean(),
    source: z.string().min(1).max(128),
    readOn: z.iso.date().meta({ description: 'Date on which the source had this value' }),
  })
  .meta({ id: 'CapabilityFact' });

const fact = (description: string) => Fact.optional().meta({ description });

/** Forms of a request that a model takes or refuses, each with its source. One that is absent is not known, and not restricted. */
export const Capabilities = z
  .object({
    temperature: fact('The model takes a temperature'),
    topP: fact('The model takes topP'),
    temperatureWithTopP: fact('The model takes both in one request'),
    assistantPrefill: fact('The last message may be from the assistant, and the model continues it'),
    repeatedRoles: fact('The model takes consecutive messages of one role'),
    guardrail: fact('The model takes a guardrail'),
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
