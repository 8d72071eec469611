import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.js';
import type { Stage } from './stage.js';

/** Somebody's transaction that holds these rows for a while. */
async function lockRows(stage: Stage, statement: string, forMs: number): Promise<void> {
  await stage.look(async (somebody) => {
    await somebody.query('BEGIN');
    await somebody.query(statement);
    await delay(forMs);
    await somebody.query('ROLLBACK');
  });
}

export const POSTGRES_FAULTS: Fault[] = [
  {
    name: 'postgres-killed',
    title: 'kill -9 of PostgreSQL with all its backends, twice',
    inSubset: true,
    async inject(stage, load) {
      for (let time = 0; time < 2; time += 1) {
        await stage.postgres.kill();
        await delay(500);
        await stage.postgres.startAgain();
        await load.more(100);
      }
    },
  },
  {
    name: 'postgres-frozen',
    title: 'PostgreSQL frozen for 8 s',
    async inject(stage) {
      stage.postgres.signal('SIGSTOP');
      await delay(8_000);
      stage.postgres.signal('SIGCONT');
    },
  },
  {
    name: 'postgres-slow',
    title: 'PostgreSQL slow: each packet 20 ms later, then 300 ms, 8 s each',
    stage: { proxied: 'postgres' },
    async inject(stage) {
      for (const delayMs of [20, 300, 0]) {
        stage.proxy.delayMs = delayMs;
        if (delayMs > 0) await delay(8_000);
      }
    },
  },
  {
    name: 'transactions-terminated',
    title: 'connections terminated amid transactions, 100 of them',
    async inject(stage) {
      for (let terminated = 0; terminated < 100; ) {
        terminated += await stage.terminateTransactions();
        await delay(Math.random() * 200);
      }
    },
  },
  {
    name: 'rows-locked',
    title: 'rows locked by another for 3 s each: conversations, the use case, outbox',
    async inject(stage) {
      await lockRows(stage, `SELECT FROM ai_conversations WHERE id LIKE '%7' FOR UPDATE`, 3_000);
      await lockRows(stage, `SELECT FROM use_cases WHERE name = 'platform' FOR UPDATE`, 3_000);
      await lockRows(stage, 'SELECT FROM outbox FOR UPDATE', 3_000);
    },
  },
];
