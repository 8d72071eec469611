import { isKnownToTake, takes } from '#libs/catalogue/capabilities.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import { type Lack, OUTPUT_TOO_SMALL } from '#libs/inference/call-attempts.js';
import { type Candidate, getsForm, lackAmong } from '#libs/inference/needed-forms.js';
import { refusedTuning } from '#libs/inference/request-form.js';
import type { CachePoint, Demands, Reasoning, Thinking } from './demands.js';
import type { Edit } from './json-edits.js';

/** Changes of a request for one model. */
export interface Adaptation {
  edits: Edit[];
  /** Parameters and blocks that the model would refuse, which it does not get. */
  leftOut: string[];
  /** Parameters with another value than the client's. */
  adapted: string[];
}

/** A lower limit of tokens is taken for this many, however many the client allows. */
const ENOUGH_TOKENS = 4_096;

/** Returns why a model is passed over; undefined: it may be called, with the changes of `adaptationFor`. */
export function lackOf(demands: Demands, candidate: Candidate): Lack | undefined {
  const { model, first } = candidate;
  const lack = lackAmong(demands.needs, candidate);
  if (lack) return lack;
  if (model.id !== first.id && demands.hasUnknown)
    return { reason: 'content_not_supported', lacks: ['content that is not known to fit'] };
  if (model.provider !== first.provider && demands.hasOwnFields)
    return { reason: 'fields_of_another_family', lacks: ['fields for models of another provider'] };
  if (reasoningToDrop(demands, candidate).some(({ isAlone }) => isAlone))
    return { reason: 'reasoning_of_another_family', lacks: ['the reasoning of another model'] };
  const least = Math.min(demands.maxTokens ?? 0, ENOUGH_TOKENS);
  if ((model.maxTokens ?? Number.POSITIVE_INFINITY) < least)
    return { reason: OUTPUT_TOO_SMALL, lacks: [`${least} tokens of output`] };
  return undefined;
}

/** Returns the changes without which a model that lacks nothing would refuse the request, or answer another one. */
export function adaptationFor(demands: Demands, candidate: Candidate): Adaptation {
  const parts = [
    withoutRefusedTuning(demands, candidate),
    withoutCachePoints(demands, candidate),
    withoutReasoning(demands, candidate),
    withThinkingOf(demands, candidate),
    withoutOptions(demands, candidate),
    withFewerTokens(demands, candidate),
  ];
  return {
    edits: parts.flatMap(({ edits = [] }) => edits),
    leftOut: parts.flatMap(({ leftOut = [] }) => leftOut),
    adapted: parts.flatMap(({ adapted = [] }) => adapted),
  };
}

type Part = Partial<Adaptation>;

function withoutRefusedTuning({ tuning, places }: Demands, candidate: Candidate): Part {
  const { model, first } = candidate;
  const refused: (keyof typeof tuning)[] = refusedTuning(tuning, model);
  const isForeign = model.provider !== first.provider;
  if (tuning.topK !== undefined && (isForeign || !takes(model, 'topK'))) refused.push('topK');
  return { edits: refused.map((name) => ({ path: places[name] })), leftOut: refused };
}

function withoutCachePoints({ cachePoints }: Demands, candidate: Candidate): Part {
  const isKept = ({ inTools }: CachePoint) =>
    getsForm(inTools ? 'cachePointInTools' : 'cachePoint', candidate);
  const dropped = cachePoints.filter((point) => !isKept(point));
  const shortened = getsForm('cacheOneHour', candidate)
    ? []
    : cachePoints.filter(isKept).flatMap(({ hourPath }) => (hourPath ? [{ path: hourPath }] : []));
  return {
    edits: [...dropped.map(({ path }) => ({ path })), ...shortened],
    leftOut: dropped.length > 0 ? ['cachePoint'] : [],
    adapted: shortened.length > 0 ? ['cachePoint'] : [],
  };
}

/** Earlier turns may go without their reasoning; a model refuses that of another family. */
function withoutReasoning(demands: Demands, candidate: Candidate): Part {
  const edits = reasoningToDrop(demands, candidate).map(({ path }) => ({ path }));
  return { edits, leftOut: edits.length > 0 ? ['reasoningContent'] : [] };
}

const reasoningToDrop = ({ reasoning }: Demands, candidate: Candidate): Reasoning[] =>
  reasoning.filter(
    ({ isSigned }) => !getsForm(isSigned ? 'signedReasoning' : 'unsignedReasoning', candidate),
  );

const EFFORTS = [
  { belowTokens: 4_000, effort: 'low' },
  { belowTokens: 16_000, effort: 'medium' },
  { belowTokens: Number.POSITIVE_INFINITY, effort: 'high' },
];

/** A model that decides itself how long it thinks gets an effort in place of a budget. */
function withThinkingOf(demands: Demands, candidate: Candidate): Part {
  const { thinking, places } = demands;
  if (!thinking || keepsThinking(thinking, candidate)) return withoutEffort(demands, candidate);
  const { path, kind, budgetTokens = 0 } = thinking;
  if (kind !== 'budget' || !isKnownToTake(candidate.model, 'adaptiveThinking')) {
    const { edits = [], leftOut = [] } = withoutEffort(demands, candidate);
    return { edits: [{ path }, ...edits], leftOut: ['thinking', ...leftOut] };
  }
  const { effort } = EFFORTS.find(({ belowTokens }) => budgetTokens < belowTokens)!;
  return {
    edits: [
      { path, value: { type: 'adaptive' } },
      { path: places.effort, value: effort },
    ],
    adapted: ['thinking'],
  };
}

function keepsThinking({ kind }: Thinking, candidate: Candidate): boolean {
  if (kind === 'other') return candidate.model.provider === candidate.first.provider;
  return getsForm(kind === 'budget' ? 'thinkingBudget' : 'adaptiveThinking', candidate);
}

const withoutEffort = ({ hasEffort, places }: Demands, candidate: Candidate): Part =>
  hasEffort && !getsForm('adaptiveThinking', candidate)
    ? { edits: [{ path: places.effort }], leftOut: ['effort'] }
    : {};

function withoutOptions({ options }: Demands, candidate: Candidate): Part {
  const refused = (Object.keys(options) as (keyof typeof options)[]).filter(
    (option) => !getsForm(option, candidate),
  );
  return { edits: refused.map((option) => ({ path: options[option]! })), leftOut: refused };
}

/**
 * Returns the change that sets the limit of the model where a request has none. One with members that this release does
 * not know stays as it is: they may have a limit.
 */
export function withDefaultTokens({ maxTokens, hasUnknown, places }: Demands, model: Model): Adaptation {
  const isSet = maxTokens === undefined && !hasUnknown && model.maxTokens !== null;
  if (!isSet) return { edits: [], leftOut: [], adapted: [] };
  return {
    edits: [{ path: places.maxTokens, value: model.maxTokens }],
    leftOut: [],
    adapted: ['maxTokens'],
  };
}

function withFewerTokens({ maxTokens, places }: Demands, { model }: Candidate): Part {
  if (maxTokens === undefined || maxTokens <= (model.maxTokens ?? maxTokens)) return {};
  return { edits: [{ path: places.maxTokens, value: model.maxTokens }], adapted: ['maxTokens'] };
}
