import type { Schemas } from '@orchestrator/client/client.js';
import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import { SESSION } from '../api.js';
import { BREAKERS } from './breakers.js';

export type LiveEvent = Pick<Schemas['Notification'], 'kind' | 'modelId' | 'useCase' | 'conversationId'>;
type Kind = LiveEvent['kind'];

interface Rule {
  /** Kinds of notifications that change the data. */
  kinds: readonly Kind[];
  /** Field of the notification that the second part of the key is compared with. */
  subject?: 'useCase' | 'modelId' | 'conversationId';
  /** A switch of one conversation changes nothing. */
  ofUseCases?: true;
  /** The third part of the key is a kind. */
  byKind?: true;
}

/** Rules by the first part of a key. A query without a rule is read again after every notification. */
const RULES: Record<string, Rule> = {
  overview: { kinds: ['switch', 'validation', 'lifecycle', 'alert', 'change'], ofUseCases: true },
  models: { kinds: ['validation', 'lifecycle'] },
  model: { kinds: ['validation', 'lifecycle'], subject: 'modelId' },
  validations: { kinds: ['validation'], subject: 'modelId' },
  sweeps: { kinds: ['validation'] },
  lifecycle: { kinds: ['lifecycle'] },
  notifications: { kinds: ['switch', 'validation', 'lifecycle', 'alert', 'change'], byKind: true },
  'model-use': { kinds: ['switch'] },
  'use-cases': { kinds: ['switch'], ofUseCases: true },
  'use-case': { kinds: ['switch'], subject: 'useCase', ofUseCases: true },
  candidates: { kinds: ['switch', 'validation'], subject: 'useCase', ofUseCases: true },
  conversation: { kinds: ['switch'], subject: 'conversationId' },
  history: { kinds: ['switch'], subject: 'conversationId' },
  conversations: { kinds: ['switch'] },
  'conversation-switches': { kinds: ['switch'] },
  switches: { kinds: ['switch'] },
  audit: { kinds: ['switch'] },
  'change-requests': { kinds: ['switch', 'alert', 'change'], ofUseCases: true },
  'change-policies': { kinds: ['change'] },
  freezes: { kinds: [] },
  scope: { kinds: ['switch'] },
  preview: { kinds: ['switch'] },
  moves: { kinds: ['switch'] },
  budgets: { kinds: ['alert'] },
  webhooks: { kinds: ['alert'] },
  channels: { kinds: ['alert'] },
  outbox: { kinds: ['alert'] },
  'budget-settings': { kinds: ['alert'] },
  'sweep-runs': { kinds: ['validation'] },
  keys: { kinds: [] },
  assistants: { kinds: [] },
  'upcoming-prices': { kinds: [] },
  retention: { kinds: [] },
  erasures: { kinds: [] },
  'found-ids': { kinds: [] },
  readiness: { kinds: [] },
  worker: { kinds: [] },
  instances: { kinds: [] },
  deliveries: { kinds: [] },
  'delivery-attempts': { kinds: [] },
};

/** Returns whether a notification changes the data of a query. */
export function isAffected([name, second, third]: QueryKey, event: LiveEvent): boolean {
  const rule = RULES[String(name)];
  if (!rule) return true;
  if (!rule.kinds.includes(event.kind)) return false;
  if (rule.byKind && typeof third === 'string') return third === event.kind;
  if (rule.ofUseCases && event.kind === 'switch' && event.conversationId !== null) return false;
  const subject = rule.subject && event[rule.subject];
  return !subject || typeof second !== 'string' || second === subject;
}

/** Many notifications in a short time cause one reading. */
const COLLECTED_FOR_MS = 200;
/** A refreshing page makes one request in this time. With what it polls, that is one in a second, whatever happens. */
const PER_REQUEST_MS = 1_600;
/** More different notifications than this are treated as one that changes everything. */
const MAX_WAITING = 200;

type Test = (key: QueryKey) => boolean;
const isLive: Test = ([name]) => name !== SESSION[0] && name !== BREAKERS[0];

/** Reads again what notifications change, 37 requests in a minute on average. */
export class Refresher {
  private readonly waiting = new Map<string, Test>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private freeAt = 0;

  constructor(private readonly queries: QueryClient) {}

  readonly everything = (): void => this.add('', isLive);

  readonly after = (event: LiveEvent): void => {
    const { kind, modelId, useCase, conversationId } = event;
    if (this.waiting.size >= MAX_WAITING) this.everything();
    else this.add(JSON.stringify([kind, modelId, useCase, conversationId]), (key) => isAffected(key, event));
  };

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.clear();
  }

  private add(name: string, test: Test): void {
    this.waiting.set(name, test);
    this.timer ??= setTimeout(() => this.read(), Math.max(COLLECTED_FOR_MS, this.freeAt - Date.now()));
  }

  private read(): void {
    this.timer = undefined;
    const tests = [...this.waiting.values()];
    this.waiting.clear();
    const predicate = ({ queryKey }: Query) => isLive(queryKey) && tests.some((test) => test(queryKey));
    const requests = this.queries.getQueryCache().findAll({ type: 'active', predicate }).map(requestsOf);
    this.freeAt = Date.now() + PER_REQUEST_MS * requests.reduce((sum, each) => sum + each, 0);
    void this.queries.invalidateQueries({ predicate });
  }
}

/** Each page of a list is a request; figures over many rows are polled instead. */
function requestsOf(query: Query): number {
  if (query.isDisabled() || query.isStatic()) return 0;
  const pages = (query.state.data as { pages?: unknown[] } | undefined)?.pages;
  return Math.max(1, pages?.length ?? 1);
}
