import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Fails when the committed OpenAPI document is not the one that the code makes. */
const committed = readFileSync('apps/api/openapi.json', 'utf8');
const made = execFileSync(process.execPath, ['dist/apps/api/src/print-openapi.js'], {
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
if (committed !== made) {
  console.error('apps/api/openapi.json is not up to date: run `npm run openapi` and commit it.');
  process.exitCode = 1;
}
