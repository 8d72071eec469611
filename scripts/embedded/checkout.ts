import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findCheckout(folder: string): string {
  if (existsSync(join(folder, 'package-lock.json'))) return folder;
  return findCheckout(dirname(folder));
}

/** Root of this checkout, whether this runs from the sources (vitest) or from dist. */
export const checkout = findCheckout(dirname(fileURLToPath(import.meta.url)));

/** Everything a run leaves behind; deleting it starts afresh. */
export const dataFolder = join(checkout, '.data');
export const logFolder = join(dataFolder, 'logs');
