import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** From the nearest package.json above: source and compiled program lie at different depths below it. */
export function readVersion(directory: string): string {
  const file = join(directory, 'package.json');
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  const parent = dirname(directory);
  return parent === directory ? 'unknown' : readVersion(parent);
}
