import { parseArgs } from 'node:util';
import { checkout } from '../embedded/checkout.js';
import { addedLines, git } from './added-lines.js';
import { findBannedWords } from './banned-words.js';

/** The last commit before the rule. */
const BEFORE_THE_RULE = 'b8d8b7c';

const CHECKED = /\.(?:md|[cm]?tsx?|[cm]?js|ya?ml|sh|dart)$|^\.ci\/run$|^\.env\.example$/;
const EXEMPT: Record<string, string> = {
  'docs/glossary.md': 'names the words that are not used',
  'docs/renames.md': 'names what had another name',
  'scripts/words/': 'has the list',
  'libs/client/openapi.ts': 'generated from apps/api/openapi.json',
  'docs/switch-ui/model-switch.js': 'generated from libs/switch-ui',
  'bench/results/': 'recorded',
};
const isChecked = (file: string) =>
  CHECKED.test(file) && !Object.keys(EXEMPT).some((path) => file.startsWith(path));

/** @returns the commit to compare with; undefined where the history does not reach that far */
function findBase(): string | undefined {
  const head = git(checkout, 'rev-parse', 'HEAD')?.trim();
  const onMain = git(checkout, 'merge-base', 'HEAD', 'origin/main')?.trim();
  if (onMain && onMain !== head) return onMain;
  return git(checkout, 'rev-parse', '--verify', '--quiet', `${BEFORE_THE_RULE}^{commit}`)?.trim();
}

const { base: given } = parseArgs({ options: { base: { type: 'string' } } }).values;
const base = given ?? findBase();
if (!git(checkout, 'rev-parse', 'HEAD')) {
  console.log('This is no Git repository: no words were checked.');
} else {
  if (!base)
    console.log(`${BEFORE_THE_RULE} is not in this clone: only changes that are not committed are checked.`);
  const findings = addedLines(checkout, base ?? 'HEAD', isChecked).flatMap(({ file, lines, lineBefore }) =>
    findBannedWords(file, lines, lineBefore),
  );
  for (const { file, line, word, instead } of findings)
    console.log(`${file}:${line}: "${word}": use ${instead}`);
  if (findings.length > 0)
    console.log(
      `${findings.length} words that docs/glossary.md does not use. Where one is right, e.g. in a quotation, say why in ` +
        'a comment on that line or the one before: words-ok: <reason>',
    );
  process.exitCode = findings.length > 0 ? 1 : 0;
}
