export const OPERATIONS = [
  'Converse',
  'ConverseStream',
  'InvokeModel',
  'InvokeModelWithResponseStream',
  'CountTokens',
  'ListFoundationModels',
  'GetFoundationModel',
  'ListInferenceProfiles',
  'GetInferenceProfile',
  'GetGuardrail',
] as const;

export type Operation = (typeof OPERATIONS)[number];
export type Plane = 'runtime' | 'control';

export interface Target {
  operation: Operation;
  plane: Plane;
  /** As the caller gave it: bare id, profile id or ARN of a model, or a guardrail; null for a list. */
  modelId: string | null;
  query: URLSearchParams;
}

const RUNTIME: Record<string, Operation> = {
  converse: 'Converse',
  'converse-stream': 'ConverseStream',
  invoke: 'InvokeModel',
  'invoke-with-response-stream': 'InvokeModelWithResponseStream',
  'count-tokens': 'CountTokens',
};
const LISTS: Record<string, [list: Operation | undefined, get: Operation]> = {
  'foundation-models': ['ListFoundationModels', 'GetFoundationModel'],
  'inference-profiles': ['ListInferenceProfiles', 'GetInferenceProfile'],
  guardrails: [undefined, 'GetGuardrail'],
};

export const isStreaming = (operation: Operation): boolean =>
  operation === 'ConverseStream' || operation === 'InvokeModelWithResponseStream';

/** Parses the operation of a request; undefined: it is not emulated. */
export function targetOf(method: string, url: string): Target | undefined {
  const { pathname, searchParams: query } = new URL(url, 'http://emulator');
  const [first = '', id, action, ...rest] = pathname.slice(1).split('/').map(decodeURIComponent);
  if (rest.length > 0) return undefined;
  if (first === 'model') return runtimeTarget(method, id, action, query);
  const operations = LISTS[first];
  if (method !== 'GET' || !operations || action !== undefined) return undefined;
  const operation = id === undefined ? operations[0] : operations[1];
  if (!operation) return undefined;
  return {
    operation,
    plane: 'control',
    modelId: id ?? null,
    query,
  };
}

function runtimeTarget(
  method: string,
  id: string | undefined,
  action: string | undefined,
  query: URLSearchParams,
): Target | undefined {
  const operation = RUNTIME[action ?? ''];
  if (method !== 'POST' || !operation || !id) return undefined;
  return { operation, plane: 'runtime', modelId: id, query };
}
