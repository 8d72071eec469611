import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../embedded/checkout.js';
import { findBannedWords } from './banned-words.js';

const CHECKED = /\.(?:md|[cm]?tsx?|[cm]?js|ya?ml|sh|dart)$|^\.ci\/run$|^\.env\.example$/;
const EXEMPT: Record<string, string> = {
  'docs/glossary.md': 'names the words that are not used',
  'docs/renames.md': 'names what had another name',
  'scripts/words/': 'has the list',
  'libs/client/openapi.ts': 'generated from apps/api/openapi.json',
  'docs/switch-ui/model-switch.js': 'generated from libs/switch-ui',
  'bench/results/': 'recorded',
  'migrations/1764': 'applied: the comments are in databases',
};
const isChecked = (file: string) =>
  CHECKED.test(file) && !Object.keys(EXEMPT).some((path) => file.startsWith(path));

/** @returns the files of the working tree that Git does not ignore; undefined: there is no repository */
function filesOfTree(): string[] | undefined {
  const args = ['-c', 'core.quotePath=false', 'ls-files', '--cached', '--others', '--exclude-standard'];
  try {
    const listed = execFileSync('git', args, {
      cwd: checkout,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return listed.split('\n').filter((file) => file && existsSync(join(checkout, file)));
  } catch {
    return undefined;
  }
}

const files = filesOfTree();
if (!files) console.log('This is no Git repository: no words were checked.');
const findings = (files ?? [])
  .filter(isChecked)
  .flatMap((file) => findBannedWords(file, readFileSync(join(checkout, file), 'utf8')));
for (const { file, line, word, instead } of findings)
  console.log(`${file}:${line}: "${word}": use ${instead}`);
if (findings.length > 0)
  console.log(
    `${findings.length} words that docs/glossary.md does not use. Where one is right, e.g. in a quotation, say why in ` +
      'a comment on that line or the one before: words-ok: <reason>',
  );
process.exitCode = findings.length > 0 ? 1 : 0;
