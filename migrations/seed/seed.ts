import type { DataSource } from 'typeorm';
import { ADD_MODELS, STORE_QUOTES } from '#libs/catalogue/facts-statements.js';
import { otherQuotes, shippedFacts } from '#libs/catalogue/model-facts.js';
import { SEED_CANDIDATES, SEED_USE_CASES, seedModels } from './catalogue.js';
import { DEMO_ACTIVE_MODELS, DEMO_ACTOR, DEMO_CONVERSATIONS } from './demo.js';

/** Adds the models and use cases that are missing; never touches a row that exists. */
export async function seedCatalogue(db: DataSource): Promise<void> {
  const facts = shippedFacts();
  await db.transaction(async (tx) => {
    const added: { model_id: string }[] = await tx.query(ADD_MODELS, [JSON.stringify(seedModels(facts))]);
    const quotes = otherQuotes(facts).filter((quote) =>
      added.some(({ model_id }) => model_id === quote.model_id),
    );
    await tx.query(STORE_QUOTES, [JSON.stringify(quotes)]);
    const created: { name: string }[] = await tx.query(SEED_USE_CASES);
    await tx.query(SEED_CANDIDATES, [created.map(({ name }) => name)]);
  });
}

/** Conversations, assistants, and other active models than the best. */
export async function seedDemo(db: DataSource): Promise<void> {
  await runAsDemo(db, [...DEMO_ACTIVE_MODELS, ...DEMO_CONVERSATIONS]);
}

/** Conversations and assistants alone: each use case stays on its best candidate. */
export async function seedDemoConversations(db: DataSource): Promise<void> {
  await runAsDemo(db, DEMO_CONVERSATIONS);
}

async function runAsDemo(db: DataSource, statements: string[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(`SELECT set_config('orchestrator.actor', $1, true)`, [DEMO_ACTOR]);
    for (const statement of statements) await tx.query(statement);
  });
}
