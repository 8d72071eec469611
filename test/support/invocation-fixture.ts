import { randomUUID } from 'node:crypto';
import type { Invocation } from '#libs/costs/invocation.js';

/** An answered call of Nova Micro by `anna`, unless `changes` says otherwise. */
export const anInvocation = (changes: Partial<Invocation> = {}): Invocation => ({
  id: randomUUID(),
  requestId: 'request-1',
  conversationId: null,
  useCase: 'platform',
  userId: 'anna',
  actor: 'user:anna',
  onBehalfOf: null,
  keyOwner: null,
  modelId: 'eu.amazon.nova-micro-v1:0',
  control: 'direct',
  modelRole: 'active',
  outcome: 'answered',
  errorKind: null,
  stopReason: 'end_turn',
  usage: { input: 1000, output: 250, cacheRead: 0, cacheWrite: 0 },
  estimated: false,
  costUsd: '0.000092000',
  priceVersion: 1,
  attempts: [{ modelId: 'eu.amazon.nova-micro-v1:0', outcome: 'answered', errorKind: null, ms: 800 }],
  latencyMs: 812,
  firstTextMs: 240,
  streamed: true,
  wire: 'chat',
  bodyFamily: null,
  forms: [],
  follows: true,
  startedAt: new Date(),
  ...changes,
});
