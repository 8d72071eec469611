import type { CallForms } from '#libs/analytics/usage-figures.js';
import { type Capability, inWords, isCapability, takes } from '#libs/catalogue/capabilities.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import type { Wire } from '#libs/costs/invocation.js';
import { takesFamily } from './body-shape.js';

/** Calls of the last 30 days that followed their use case, and that a new model would not answer, or not as they are. */
export interface SwitchWarning {
  /**
   * `body_family`: it takes no body in this form. `lacks`: it refuses a form that the calls need. `adapted`: it refuses a
   * form that the calls can go without.
   */
  kind: 'body_family' | 'lacks' | 'adapted';
  useCase: string;
  wire: Wire;
  /** Absent: chats. */
  bodyFamily?: string;
  /** Name of a capability; absent: the whole body. */
  form?: string;
  calls: number;
  text: string;
}

/** Forms that a call can go without; every other one decides who can answer. */
const OPTIONAL: ReadonlySet<Capability> = new Set([
  ...(['temperature', 'topP', 'temperatureWithTopP', 'topK'] as const),
  ...(['cachePoint', 'cachePointInTools', 'cacheOneHour'] as const),
  ...(['signedReasoning', 'unsignedReasoning', 'thinkingBudget', 'adaptiveThinking'] as const),
  ...(['serviceTier', 'performanceConfig'] as const),
]);

const KINDS: SwitchWarning['kind'][] = ['body_family', 'lacks', 'adapted'];

/** Returns which calls a model would refuse, or get with changes: first those that it cannot answer at all. */
export function warningsOf(
  { useCase, calls }: { useCase: string; calls: CallForms[] },
  model: Model,
): SwitchWarning[] {
  const warnings = calls.flatMap((group) =>
    refusesBody(group, model)
      ? [bodyWarning(group, useCase, model)]
      : refusedForms(group, model).map((refused) => formWarning({ ...group, ...refused }, useCase, model)),
  );
  return warnings.sort(
    (one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || other.calls - one.calls,
  );
}

/** On the other wires a body is written in the form that the model takes. */
const refusesBody = ({ wire, bodyFamily }: CallForms, model: Model): boolean =>
  wire === 'bedrock' && bodyFamily !== null && !takesFamily(bodyFamily, model);

const refusedForms = ({ forms }: CallForms, model: Model) =>
  forms.flatMap(({ form, calls }) => (isCapability(form) && !takes(model, form) ? [{ form, calls }] : []));

type Group = Pick<CallForms, 'wire' | 'bodyFamily' | 'calls'>;

const bodyWarning = (group: Group, useCase: string, { name }: Model): SwitchWarning => ({
  kind: 'body_family',
  useCase,
  ...subjectOf(group),
  text: `${countOf(group, useCase)} had a body in the form of ${group.bodyFamily}, which ${name} does not take: such calls would get 400 body_family_not_taken. Converse is taken by every model.`,
});

function formWarning(group: Group & { form: Capability }, useCase: string, { name }: Model): SwitchWarning {
  const { form } = group;
  const isOptional = OPTIONAL.has(form);
  const effect = isOptional
    ? 'it would get such calls without, or with another value'
    : 'another candidate that takes such calls would answer them, and without one they would get 400 capability_not_available';
  return {
    kind: isOptional ? 'adapted' : 'lacks',
    useCase,
    ...subjectOf(group),
    form,
    text: `${countOf(group, useCase)} had ${inWords(form)}, which ${name} does not take: ${effect}.`,
  };
}

const subjectOf = ({ wire, bodyFamily, calls }: Group) => ({
  wire,
  ...(bodyFamily !== null && { bodyFamily }),
  calls,
});

const countOf = ({ wire, calls }: Group, useCase: string): string =>
  `${calls === 1 ? '1 call' : `${calls} calls`} of ${useCase} on the wire ${wire} in the last 30 days`;
