import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

/** `npm run client`: the types of libs/client. With `--check` it writes nothing and fails where it would. */
const FILE = 'libs/client/openapi.ts';
const HEAD = '/** Generated from apps/api/openapi.json by `npm run client`. */\n';
// Fields with a default may be omitted from a request.
const options = { defaultNonNullable: false };
const made =
  HEAD + astToString(await openapiTS(new URL('../apps/api/openapi.json', import.meta.url), options));
if (!process.argv.includes('--check')) writeFileSync(FILE, made);
else if (readFileSync(FILE, 'utf8') !== made) {
  console.error(`${FILE} is not up to date: run \`npm run client\` and commit it.`);
  process.exitCode = 1;
}
