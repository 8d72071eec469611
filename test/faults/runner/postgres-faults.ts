import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.js';
import type { KeyedLoad } from './keyed-load.js';
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

/** After it is writable again, switches continue within this time. */
const RECOVERY_TIMEOUT_MS = 5_000;

async function assertRecovered(load: KeyedLoad): Promise<void> {
  const late = delay(RECOVERY_TIMEOUT_MS, true, { ref: false });
  if (await Promise.race([load.more(20).then(() => false), late]))
    throw new Error(
      `no twenty switches within ${RECOVERY_TIMEOUT_MS / 1000} s after PostgreSQL took changes again`,
    );
}

const terminate = async (stage: Stage, times: number): Promise<void> => {
  for (let terminated = 0; terminated < times; ) {
    terminated += await stage.terminateTransactions();
    await delay(Math.random() * 200);
  }
};

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
    title: 'connections terminated during transactions, 100 of them',
    inject: (stage) => terminate(stage, 100),
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
  {
    name: 'postgres-demoted',
    title:
      'a failover: connections end, each new one to a server that is read-only for 5 s and then writable',
    inSubset: true,
    async inject(stage, load) {
      await stage.alterDatabase('SET default_transaction_read_only = on');
      await stage.endConnections();
      await delay(5_000);
      // Connections to the old server stay there, and stay read-only.
      await stage.alterDatabase('RESET default_transaction_read_only');
      await assertRecovered(load);
    },
  },
  {
    name: 'postgres-read-only',
    title: 'PostgreSQL read-only for 5 s, as on a full disk; connections stay',
    async inject(stage, load) {
      const set = (value: string) =>
        stage.postgres.asAdmin(async (admin) => {
          await admin.query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
          await admin.query('SELECT pg_reload_conf()');
        });
      await set('on');
      await delay(5_000);
      await set('off');
      await assertRecovered(load);
    },
  },
  {
    name: 'connections-taken',
    title: 'all connections taken for 8 s, while a worker and an api start',
    async inject(stage, load) {
      await Promise.all([stage.workers[1]!.kill(), stage.apis[1]!.kill()]);
      await stage.alterDatabase('CONNECTION LIMIT 0');
      stage.startWorker(1);
      const api = stage.startApi(1);
      await delay(8_000);
      await stage.alterDatabase('CONNECTION LIMIT -1');
      await api;
      await load.more(50);
    },
  },
  ...(['transaction', 'session'] as const).map(
    (pooler): Fault => ({
      name: `pgbouncer-${pooler}`,
      title: `PgBouncer in ${pooler} mode, 50 connections terminated during transactions`,
      needsPgBouncer: true,
      stage: { pooler },
      inject: (stage) => terminate(stage, 50),
    }),
  ),
];
