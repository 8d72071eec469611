import { z } from 'zod';

/** Source of a price or a capability that an operator has set. */
export const BY_OPERATOR = 'set by an operator';

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

/** Statements of an operator about a model. */
export const StatedCapabilities = z
  .strictObject({
    temperature: z.boolean().nullable(),
    topP: z.boolean().nullable(),
    temperatureWithTopP: z.boolean().nullable(),
    assistantPrefill: z.boolean().nullable(),
    repeatedRoles: z.boolean().nullable(),
    guardrail: z.boolean().nullable(),
  } satisfies Record<Capability, z.ZodType>)
  .partial()
  .meta({
    id: 'StatedCapabilities',
    description:
      'true: the model takes the form. false: it refuses the form. null: remove the value of the operator; the next import of facts adds that of public sources',
  });
export type StatedCapabilities = z.infer<typeof StatedCapabilities>;

/** Adds what an operator states, which no import of facts replaces. */
export function withStated(capabilities: Capabilities, stated: StatedCapabilities, at: Date): Capabilities {
  const result: Capabilities = { ...capabilities };
  for (const [name, supported] of Object.entries(stated) as [Capability, boolean | null | undefined][]) {
    if (supported === undefined || (supported === result[name]?.supported && isStated(result[name])))
      continue;
    if (supported !== null)
      result[name] = { supported, source: BY_OPERATOR, readOn: at.toISOString().slice(0, 10) };
    else if (isStated(result[name])) delete result[name];
  }
  return result;
}

/** Adds what an operator states, and removes everything else that an operator has stated. */
export function replaceStated(
  capabilities: Capabilities,
  stated: StatedCapabilities,
  at: Date,
): Capabilities {
  const removed = Object.keys(statedIn(capabilities)).map((name) => [name, null]);
  return withStated(capabilities, { ...Object.fromEntries(removed), ...stated }, at);
}

/** Returns the values that an operator has stated. */
export const statedIn = (capabilities: Capabilities): StatedCapabilities =>
  Object.fromEntries(
    Object.entries(capabilities)
      .filter(([, fact]) => isStated(fact))
      .map(([name, { supported }]) => [name, supported]),
  );

const isStated = (fact: { source: string } | undefined) => fact?.source === BY_OPERATOR;

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
