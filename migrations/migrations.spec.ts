import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MIGRATIONS } from './migrations.js';

const FILES = readdirSync(import.meta.dirname)
  .filter((file) => /^\d/.test(file))
  .sort();

/** `1764000000000-create-catalogue.ts` has the class `CreateCatalogue1764000000000`. */
function classOf(file: string): string {
  const [time, ...words] = file.replace('.ts', '').split('-');
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('') + time;
}

it('runs every migration that has a file, in the order of their times', () => {
  expect(MIGRATIONS.map(({ name }) => name)).toEqual(FILES.map(classOf));
});

it('lets no two migrations claim the same table', () => {
  const claimed = MIGRATIONS.flatMap((migration) => new migration().creates);
  expect(claimed.length).toBeGreaterThan(0);
  expect(claimed).toEqual([...new Set(claimed)]);
});
