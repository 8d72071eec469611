import { type Capability, type KnownForms, takes } from '#libs/catalogue/capabilities.js';
import type { Block, ConverseRequest } from '#libs/platform/bedrock/converse-request.js';

/** Parts of a request that decide which models can take it. */
type Asked = Pick<ConverseRequest, 'messages' | 'toolConfig' | 'stopSequences'>;

/** Stop sequences that every model takes. */
const FEW_STOP_SEQUENCES = 4;

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

/** Returns the forms of the parameters that a request has. */
export function formsOfTuning({ temperature, topP }: Pick<ConverseRequest, Tuning>): Capability[] {
  const given = [
    ...(temperature === undefined ? [] : ['temperature' as const]),
    ...(topP === undefined ? [] : ['topP' as const]),
  ];
  return given.length === 2 ? [...given, 'temperatureWithTopP'] : given;
}

/** Returns the forms that a request cannot do without: a model that refuses one of them is passed over. */
export function neededForms({ messages, toolConfig, stopSequences = [] }: Asked): Capability[] {
  const { toolChoice = {} } = toolConfig ?? {};
  return [
    ...new Set([
      ...neededByTurns(
        messages.map(({ role }) => role),
        stopSequences,
      ),
      ...messages.flatMap(({ blocks = [] }) => blocks.flatMap(neededByBlock)),
      ...(toolConfig ? ['tools' as const] : []),
      ...('any' in toolChoice ? ['toolChoiceAny' as const] : []),
      ...('tool' in toolChoice ? ['toolChoiceTool' as const] : []),
    ]),
  ];
}

/** Returns the forms that turns and stop sequences need. */
export function neededByTurns(roles: readonly unknown[], stopSequences: readonly unknown[]): Capability[] {
  return [
    ...(roles.at(-1) === 'assistant' ? ['assistantPrefill' as const] : []),
    ...(roles.some((role, at) => at > 0 && role === roles[at - 1]) ? ['repeatedRoles' as const] : []),
    ...(stopSequences.length > FEW_STOP_SEQUENCES ? ['manyStopSequences' as const] : []),
  ];
}

function neededByBlock({ image, document, toolUse, toolResult }: Block): Capability[] {
  return [
    ...(image ? ['image' as const] : []),
    ...(document ? ['document' as const] : []),
    ...((toolUse ?? toolResult) ? ['tools' as const] : []),
    ...(toolResult?.content ?? []).flatMap(neededByBlock),
  ];
}
