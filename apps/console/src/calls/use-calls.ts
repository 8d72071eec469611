import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '../api.js';
import { READ_ONCE } from '../components/polling.js';

export type Call = Schemas['Call'];

export const OUTCOMES = {
  answered: 'Answered',
  refused: 'Refused',
  guardrail_intervened: 'Guardrail intervened',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const;
type Outcome = keyof typeof OUTCOMES;

export const TEXTS = {
  requestId: 'Request id',
  conversationId: 'Conversation',
  userId: 'User',
  useCase: 'Use case',
  modelId: 'Model id',
} as const;
export type TextFilter = keyof typeof TEXTS;

export interface CallsFilter extends Partial<Record<TextFilter, string>> {
  outcome?: Outcome;
}

const isOutcome = (name: string): name is Outcome => name in OUTCOMES;

/** Reads the filter from an address, and ignores values that make no sense. */
export function callsFilterOf({ of }: { of(name: string): string }): CallsFilter {
  const texts = Object.keys(TEXTS)
    .filter((name) => of(name) !== '')
    .map((name) => [name, of(name)]);
  const outcome = of('outcome');
  return { ...Object.fromEntries(texts), ...(isOutcome(outcome) && { outcome }) };
}

const DAY_MS = 86_400_000;
/** Longest period of the api. */
const MAX_DAYS = 31;
const PAGE = 50;

function readPage(filter: CallsFilter, cursor: string) {
  const from = new Date(Date.now() - MAX_DAYS * DAY_MS + 60_000).toISOString();
  const query = { ...filter, from, limit: PAGE, ...(cursor && { cursor }) };
  return dataOf(api.GET('/v1/calls', { params: { query } }));
}

/** Calls of the last month, newest first, a page at a time. */
export const useCalls = (filter: CallsFilter, isEnabled = true) =>
  useInfiniteQuery({
    queryKey: ['calls', filter],
    queryFn: ({ pageParam }: { pageParam: string }) => readPage(filter, pageParam),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    ...READ_ONCE,
    enabled: isEnabled,
  });
