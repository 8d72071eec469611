import { isKnownToTake, takes } from '#libs/catalogue/capabilities.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import type { JsonObject } from '../read-body.js';
import type { ChatRequest } from './chat-request.js';
import { UnsupportedParameterError } from './openai.errors.js';

/** First model of a call. */
export interface FirstModel {
  model: Pick<Model, 'id' | 'foundationModelId' | 'provider' | 'capabilities' | 'refusedForms'>;
  /** True: the client named it. */
  isNamed: boolean;
}

type Effort = 'low' | 'medium' | 'high';

export interface ModelFields {
  /** Members of `additionalModelRequestFields`. */
  fields?: JsonObject;
  /** Member of `outputConfig`. */
  effort?: Effort;
}

/** Within the budgets that `adaptationFor` maps to the same effort, for a fallback that decides itself how long it thinks. */
const BUDGET_TOKENS: Record<Effort, number> = { low: 1_024, medium: 4_096, high: 16_384 };

/**
 * Returns the fields that each family of models names in its own way. A use case may move to a model without them, which
 * is then asked without reasoning; a model that is named must have them.
 * @throws UnsupportedParameterError
 */
export function modelFieldsOf(request: ChatRequest, first: FirstModel): ModelFields {
  const effort = effortFieldsOf(request, first);
  const fields = { ...effort.fields, ...oneToolFieldsOf(request, first) };
  return {
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(effort.effort && { effort: effort.effort }),
  };
}

function effortFieldsOf(
  { reasoning_effort: asked, ...request }: ChatRequest,
  first: FirstModel,
): ModelFields {
  if (!asked || asked === 'none') return {};
  const effort = asked === 'minimal' ? 'low' : asked;
  const { model, isNamed } = first;
  if (model.foundationModelId.startsWith('amazon.nova-2'))
    return { fields: { reasoningConfig: { type: 'enabled', maxReasoningEffort: effort } } };
  if (model.provider === 'openai') return { fields: { reasoning_effort: effort } };
  if (isAdaptive(model)) return { fields: { thinking: { type: 'adaptive' } }, effort };
  if (isNamed && !takes(model, 'thinkingBudget'))
    throw new UnsupportedParameterError([
      { field: 'reasoning_effort', message: `${model.id} does not reason: leave it out` },
    ]);
  const maxTokens = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  return { fields: { thinking: { type: 'enabled', budget_tokens: budgetOf(effort, maxTokens) } } };
}

/** A model of Claude of which nothing is known is a new one. */
const isAdaptive = (model: FirstModel['model']): boolean =>
  isKnownToTake(model, 'adaptiveThinking') ||
  (model.provider === 'anthropic' &&
    takes(model, 'adaptiveThinking') &&
    !isKnownToTake(model, 'thinkingBudget'));

/** Returns the budget of an effort, or the largest that leaves tokens for the answer. */
function budgetOf(effort: Effort, maxTokens: number): number {
  const fitting = Object.values(BUDGET_TOKENS).filter(
    (tokens) => tokens <= BUDGET_TOKENS[effort] && tokens < maxTokens,
  );
  if (fitting.length > 0) return Math.max(...fitting);
  throw new UnsupportedParameterError([
    {
      field: 'reasoning_effort',
      message: `the model thinks with at least ${BUDGET_TOKENS.low} tokens: raise max_completion_tokens above it`,
    },
  ]);
}

function oneToolFieldsOf(request: ChatRequest, { model }: FirstModel): JsonObject {
  const { parallel_tool_calls: parallel, tools, tool_choice: choice = 'auto' } = request;
  if (parallel !== false || !tools?.length || choice === 'none') return {};
  if (model.provider !== 'anthropic')
    throw new UnsupportedParameterError([
      { field: 'parallel_tool_calls', message: `${model.id} may use tools in parallel: leave it out` },
    ]);
  return { tool_choice: { ...claudeChoiceOf(choice), disable_parallel_tool_use: true } };
}

function claudeChoiceOf(choice: ChatRequest['tool_choice']): object {
  if (typeof choice === 'object' && choice) return { type: 'tool', name: choice.function.name };
  return { type: choice === 'required' ? 'any' : 'auto' };
}
