import { type Capability, type KnownForms, takes } from '#libs/catalogue/capabilities.js';
import type { ConverseRequest, Message } from '#libs/platform/bedrock/converse-request.js';

/** A parameter that only tunes an answer: without it the answer is to the same question. */
export type Tuning = 'temperature' | 'topP';

/**
 * Returns the parameters that a model would refuse, which the call omits. Of two that exclude each other, `topP` is
 * omitted.
 */
export function refusedTuning(
  { temperature, topP }: Pick<ConverseRequest, Tuning>,
  model: KnownForms,
): Tuning[] {
  const given = { temperature: temperature !== undefined, topP: topP !== undefined };
  const withoutTemperature = given.temperature && !takes(model, 'temperature');
  const keepsTemperature = given.temperature && !withoutTemperature;
  const withoutTopP =
    given.topP && (!takes(model, 'topP') || (keepsTemperature && !takes(model, 'temperatureWithTopP')));
  return [...(withoutTemperature ? ['temperature' as const] : []), ...(withoutTopP ? ['topP' as const] : [])];
}

/** Returns the forms that a request cannot do without: a model that refuses one of them is passed over. */
export function neededForms(messages: readonly Message[]): Capability[] {
  const isPrefilled = messages.at(-1)?.role === 'assistant';
  const isRepeated = messages.some(({ role }, at) => role === messages[at - 1]?.role);
  return [
    ...(isPrefilled ? ['assistantPrefill' as const] : []),
    ...(isRepeated ? ['repeatedRoles' as const] : []),
  ];
}
