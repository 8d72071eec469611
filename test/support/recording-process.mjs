/*
 * Records calls with the built code, one after the other in each of 20 lanes, and sends the result of each to its
 * parent: `{id, recorded}`. Arguments: the URL of PostgreSQL, the folder of the journal, `USAGE_DURABILITY`. It stands for an api that is killed; a chat would do the same, with a model in between.
 */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { CallMetrics } from '../../dist/libs/costs/call-metrics.js';
import { InvocationsRepository } from '../../dist/libs/costs/invocations.repository.js';
import { InvocationsService } from '../../dist/libs/costs/invocations.service.js';
import { UsageJournal } from '../../dist/libs/costs/journal/usage-journal.js';
import { SystemClock } from '../../dist/libs/platform/clock/clock.js';
import { databaseOptions } from '../../dist/libs/platform/database/database-options.js';
import { Metrics } from '../../dist/libs/platform/telemetry/metrics.js';
import { ErasedPeople } from '../../dist/libs/privacy/erased-people.service.js';
import { ErasuresRepository } from '../../dist/libs/privacy/erasures.repository.js';

const LANES = 20;
const [url, folder, durability = 'postgres'] = process.argv.slice(2);
const options = databaseOptions(
  { DATABASE_SCHEMA: 'public', DATABASE_POOL_SIZE: 4, DATABASE_POOLING: 'session', TIMEOUT_MULTIPLIER: 1 },
  url,
  [],
);
const db = await connected();
const invocations = new InvocationsService(
  new InvocationsRepository(db),
  new CallMetrics(new Metrics()),
  new UsageJournal({
    USAGE_DURABILITY: durability,
    USAGE_JOURNAL_DIR: folder,
    USAGE_JOURNAL_BYTES: 16_777_216,
    DATABASE_URL: url,
    DATABASE_SCHEMA: 'public',
  }),
  new ErasedPeople(new ErasuresRepository(db)),
  new SystemClock(),
);
invocations.openJournal();

/** Tries again as an api does when it starts. */
async function connected() {
  for (;;) {
    try {
      return await new DataSource(options).initialize();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

const call = (id, conversationId) => ({
  id,
  requestId: 'request-1',
  conversationId,
  useCase: 'platform',
  userId: 'anna',
  actor: 'user:anna',
  onBehalfOf: null,
  modelId: 'eu.amazon.nova-micro-v1:0',
  outcome: 'answered',
  errorKind: null,
  stopReason: 'end_turn',
  usage: { input: 1000, output: 250, cacheRead: 0, cacheWrite: 0 },
  estimated: false,
  costUsd: '0.000092000',
  priceVersion: null,
  attempts: [],
  latencyMs: 800,
  firstTextMs: null,
  streamed: false,
  startedAt: new Date(),
});

async function lane(number) {
  for (;;) {
    const id = randomUUID();
    const recorded = await invocations
      .record(call(id, `conv-lane-${number % 4}`))
      .catch((error) => error.code);
    process.send({ id, recorded });
    await new Promise((resolve) => setTimeout(resolve, recorded === 'durable' ? 0 : 20));
  }
}
for (let number = 0; number < LANES; number += 1) void lane(number);
