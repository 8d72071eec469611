import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessChangesRepository } from '#libs/platform/auth/access-changes.repository.js';
import { fillWithAccessChanges } from '../support/large-history.js';
import { PlannedDatabase } from '../support/planned-database.js';

let database: PlannedDatabase;
beforeAll(async () => {
  database = await PlannedDatabase.filled(fillWithAccessChanges, ['access_changes']);
});
afterAll(() => database?.close());

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

describe('a page of changes of access is read by an index', () => {
  const entityId = '00000000-0000-4000-8000-000000033333';
  it.each([
    ['of everything', {}, 'access_changes_newest', 51],
    ['of webhooks', { entity: 'webhook' as const }, 'access_changes_', 51],
    ['of a key', { entity: 'service_key' as const, entityId }, 'access_changes_entity', 2],
    ['of an id', { entityId }, 'access_changes_entity', 3],
    ['of an actor', { actor: 'service:7' }, 'access_changes_actor', 51],
    ['of nobody', { actor: 'service:nobody' }, 'access_changes_actor', 0],
    ['of a time', { from: daysAgo(200), to: daysAgo(199) }, 'access_changes_newest', 51],
    ['of an actor before a time', { actor: 'service:7', to: daysAgo(200) }, 'access_changes_actor', 51],
  ])('%s', async (_, filter, index, found) => {
    const changes = new AccessChangesRepository(database.db);
    const page = await changes.list(filter, 51);
    expect(page).toHaveLength(found);
    for (const after of [undefined, page.at(-1)?.id]) {
      const plan = await database.planOf(() => changes.list(filter, 51, after));
      expect(plan.scanned).toEqual([]);
      expect(plan.indexes.join()).toContain(index);
      expect(plan.pages).toBeLessThanOrEqual(300);
    }
  });
});
