import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Checks that every picture of the documentation shows the present build: docs/pictures.json has, for each picture, a
 * hash of the sources of its page. `--write` stores the hashes of now; `npm run screenshots` calls it at its end.
 */
const root = join(import.meta.dirname, '..');
const HASHES = 'docs/pictures.json';
const CONSOLE = 'apps/console/src';

/** Folders of pictures, and the files whose imports draw them, by the name of the picture without its variant. */
const PICTURES = {
  'docs/console': {
    activity: `${CONSOLE}/activity/activity-page.tsx`,
    audit: `${CONSOLE}/audit/audit-page.tsx`,
    conversation: `${CONSOLE}/conversations/conversation-page.tsx`,
    conversations: `${CONSOLE}/conversations/conversations-page.tsx`,
    cost: `${CONSOLE}/cost/cost-page.tsx`,
    health: `${CONSOLE}/health/health-page.tsx`,
    lifecycle: `${CONSOLE}/lifecycle/lifecycle-page.tsx`,
    model: `${CONSOLE}/models/model-page.tsx`,
    models: `${CONSOLE}/models/models-page.tsx`,
    overview: `${CONSOLE}/overview/overview-page.tsx`,
    'sign-in': `${CONSOLE}/session/sign-in.tsx`,
    switching: `${CONSOLE}/switching/switch-flow.tsx`,
    'use-case': `${CONSOLE}/use-cases/use-case-page.tsx`,
    'use-cases': `${CONSOLE}/use-cases/use-cases-page.tsx`,
  },
  'docs/switch-ui': {
    notifications: 'libs/switch-ui/notification-element.ts',
    selection: 'libs/switch-ui/selection-element.ts',
    confirmation: 'libs/switch-ui/confirmation-element.ts',
  },
};
/** The frame of every page. */
const FRAME = {
  'docs/console': [`${CONSOLE}/shell/shell.tsx`, `${CONSOLE}/theme.ts`, `${CONSOLE}/main.css`],
};
const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;
const VARIANT = /-(?:light|dark|phone)\.png$/;

/** The file and all files of ours that it imports. */
function closureOf(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  if (!/\.tsx?$/.test(file)) return found;
  for (const [, path] of readFileSync(join(root, file), 'utf8').matchAll(IMPORT)) {
    const base = join(dirname(file), path);
    const source = [base, base.replace(/\.js$/, '.ts'), base.replace(/\.js$/, '.tsx')].find((name) =>
      existsSync(join(root, name)),
    );
    if (source) closureOf(source, found);
  }
  return found;
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of [...files].toSorted()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

function entriesOf(folder, picture) {
  const entry = PICTURES[folder][picture.replace(VARIANT, '')];
  return entry && [entry, ...(FRAME[folder] ?? [])];
}

const pictures = Object.keys(PICTURES).flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.png'))
    .map((name) => ({ folder, name, path: `${folder}/${name}` })),
);
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md') || name.endsWith('.html'));
const shown = new Set(
  pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/[\w./-]+\.png/g)].map(([path]) =>
      relative(root, join(root, dirname(page), path)),
    ),
  ),
);

const problems = [];
const now = {};
for (const { folder, name, path } of pictures) {
  const entries = entriesOf(folder, name);
  if (!entries) problems.push(`${path}: tools/pictures.mjs does not know its page`);
  else now[path] = hashOf(entries.flatMap((entry) => [...closureOf(entry)]));
  if (!shown.has(path)) problems.push(`${path}: no page shows it; delete it, and do not draw it`);
}
for (const path of shown)
  if (!existsSync(join(root, path))) problems.push(`${path}: a page shows it and it is not there`);

if (process.argv.includes('--write')) writeFileSync(join(root, HASHES), `${JSON.stringify(now, null, 2)}\n`);
else {
  const stored = JSON.parse(readFileSync(join(root, HASHES), 'utf8'));
  for (const [path, hash] of Object.entries(now))
    if (stored[path] !== hash) problems.push(`${path}: its page has changed since it was drawn`);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) console.error('`npm run screenshots` draws the pictures of the present build.');
process.exitCode = problems.length === 0 ? 0 : 1;
