import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { InvocationsRepository } from '#libs/costs/invocations.repository.js';
import { databaseOptions } from '#libs/platform/database/database-options.js';
import { anInvocation } from '../../test/support/invocation-fixture.js';
import { median } from '../measure.js';

/**
 * What the row of a chat takes that nobody else is beside: its statement, to PostgreSQL and back. Usage:
 * recorded-calls.js <url of the database> [careless]; says the median in microseconds. `careless` waits for no disk.
 */
const CALLS = { warmUp: 500, counted: 2_000 };

const options = databaseOptions(
  { DATABASE_SCHEMA: 'public', TIMEOUT_MULTIPLIER: 1, DATABASE_POOL_SIZE: 1, DATABASE_POOLING: 'session' },
  process.argv[2]!,
  [],
);
const db = await new DataSource(options).initialize();
if (process.argv[3] === 'careless') await db.query('SET synchronous_commit = off');
const repository = new InvocationsRepository(db);
const took: number[] = [];
for (let call = 0; call < CALLS.warmUp + CALLS.counted; call += 1) {
  const began = performance.now();
  await repository.record([anInvocation()]);
  if (call >= CALLS.warmUp) took.push((performance.now() - began) * 1000);
}
process.send!({ micros: median(took) });
process.on('disconnect', () => process.exit(0));
