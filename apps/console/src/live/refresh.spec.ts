import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isAffected, type LiveEvent, Refresher } from './refresh.js';

const switched = (changes: Partial<LiveEvent> = {}): LiveEvent => ({
  kind: 'switch',
  modelId: 'eu.a',
  useCase: 'clinical',
  conversationId: null,
  ...changes,
});

it('reads again what a notification names, and nothing else', () => {
  const keys = [
    ['models'],
    ['use-cases'],
    ['candidates', 'clinical'],
    ['candidates', 'health'],
    ['switches', { useCase: 'health' }],
    ['conversation', 'conv-1'],
    ['validations', 'eu.a'],
    ['a page without a rule'],
  ];
  const affected = (event: LiveEvent) =>
    keys.filter((key) => isAffected(key, event)).map((key) => key.join());
  expect(affected(switched())).toEqual([
    'use-cases',
    'candidates,clinical',
    'switches,[object Object]',
    'conversation,conv-1',
    'a page without a rule',
  ]);
  expect(affected(switched({ conversationId: 'conv-2' }))).toEqual([
    'switches,[object Object]',
    'a page without a rule',
  ]);
  expect(affected(switched({ kind: 'validation', useCase: null }))).toEqual([
    'models',
    'candidates,clinical',
    'candidates,health',
    'validations,eu.a',
    'a page without a rule',
  ]);
});

let queries: QueryClient;
let read: number;
beforeEach(() => {
  vi.useFakeTimers();
  queries = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  read = 0;
});
afterEach(() => {
  queries.clear();
  vi.useRealTimers();
});

it('leaves room for polls in one request a second, however many notifications come', async () => {
  for (const name of ['switches', 'use-cases', 'audit'])
    new QueryObserver(queries, {
      queryKey: [name],
      queryFn: async () => {
        read += 1;
        return name;
      },
    }).subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  read = 0;
  const refresher = new Refresher(queries);
  for (let n = 0; n < 600; n += 1) {
    refresher.after(switched({ modelId: `eu.${n}` }));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(read).toBeGreaterThan(30);
  expect(read).toBeLessThanOrEqual(40);
});
