import { createOwnerDataSource } from '../../migrations/data-source.js';
import { migrateUp } from '../../migrations/migrate.js';
import { seedCatalogue, seedDemoConversations } from '../../migrations/seed/seed.js';

/** Migrates and seeds the database that every test file clones. */
export async function prepareTemplate(options: { ownerUrl: string; appUrl: string }): Promise<void> {
  const db = await createOwnerDataSource({ DATABASE_SCHEMA: 'public' }, options.ownerUrl).initialize();
  await migrateUp(db, 'public', new URL(options.appUrl).username);
  await seedCatalogue(db);
  await seedDemoConversations(db);
  await db.destroy();
}
