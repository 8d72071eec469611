import { loadDotEnv } from '#libs/platform/config/dot-env.js';
import { loadEnvWithoutRedis } from '#libs/platform/config/env.js';
import { DatabaseReadiness } from '#libs/platform/database/database-readiness.js';
import { RenewedConnections } from '#libs/platform/database/renewed-connections.js';
import { createOwnerDataSource } from './data-source.js';
import { migrateDown, migrateUp } from './migrate.js';
import { seedCatalogue, seedDemo } from './seed/seed.js';

const USAGE = `usage: run.js <step>...
  check      end with an error while migrations are pending; for what must wait for them
  up         apply pending migrations and give the application's role its rights
  down       undo the newest migration
  seed       add the models and use cases that are missing
  seed-demo  add demo conversations and assistants, and on a fresh installation other active models (never in production)`;

const STEPS = ['check', 'up', 'down', 'seed', 'seed-demo'];

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(steps: string[]): Promise<void> {
  loadDotEnv();
  const env = loadEnvWithoutRedis();
  const db = await createOwnerDataSource(env, env.MIGRATION_DATABASE_URL ?? env.DATABASE_URL).initialize();
  const run: Record<string, () => Promise<string>> = {
    check: async () => {
      await new DatabaseReadiness(db, new RenewedConnections(db)).onModuleInit();
      return 'the schema is up to date';
    },
    up: async () => {
      const applied = await migrateUp(
        db,
        env.DATABASE_SCHEMA,
        decodeURIComponent(new URL(env.DATABASE_URL).username),
      );
      return applied.length > 0 ? `applied ${applied.join(', ')}` : 'the schema is up to date';
    },
    down: async () => {
      const undone = await migrateDown(db);
      return undone ? `undid ${undone}` : 'there is nothing to undo';
    },
    seed: async () => {
      await seedCatalogue(db);
      return 'the catalogue is seeded';
    },
    'seed-demo': async () => {
      if (env.NODE_ENV === 'production') throw new Error('Demo data does not belong into production.');
      await seedDemo(db);
      return 'the demo data is there';
    },
  };
  try {
    for (const step of steps) say(`${step}: ${await run[step]!()}`);
  } finally {
    await db.destroy();
  }
}

const steps = process.argv.slice(2);
if (steps.length === 0 || steps.some((step) => !STEPS.includes(step))) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  await main(steps).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
