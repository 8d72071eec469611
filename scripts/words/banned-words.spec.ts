import { expect, it } from 'vitest';
import { findBannedWords } from './banned-words.js';

const inFile = (file: string, ...texts: string[]) =>
  findBannedWords(file, texts.join('\n')).map(({ line, word, instead }) => `${line}: ${word} -> ${instead}`);
const words = (file: string, ...texts: string[]) =>
  inFile(file, ...texts).map((found) => found.split(' -> ')[0]);

it('names the line, the word and what to use instead', () => {
  expect(findBannedWords('docs/runbook.md', '\nThe counters start anew.')).toEqual([
    { file: 'docs/runbook.md', line: 2, word: 'anew', instead: 'again' },
  ]);
});

it.each([
  ['It breaks amid its answer.', 'amid'],
  ['Both run by turns.', 'by turns'],
  ['For whoever reads it.', 'whoever'],
  ['It goes on until Ctrl-C.', 'goes on'],
  ['POST resume, once go on.', 'go on'],
  ['Wait, as the old edge function had it.', 'as the old edge function had it'],
  ['A process of its own.', 'of its own'],
  ['It reads all at once.', 'at once'],
  ['The price of that moment.', 'moment'],
  ['The page hears of changes.', 'hears'],
  ['The worker is told.', 'told'],
  ['A model that stands in for it.', 'stands in'],
  ['The model rests.', 'rests'],
  ['That one may switch.', ''],
  ['When one asks, it answers.', 'When one asks'],
])('in a document: %s', (text, word) => {
  expect(words('docs/a.md', text)).toEqual(word ? [`1: ${word}`] : []);
});

it('finds a phrase over the end of a line, in documents and in comments', () => {
  expect(words('docs/a.md', 'It goes', 'on until then.')).toEqual(['1: goes on']);
  expect(words('libs/a.ts', '  /** It answers all at', '   * once. */')).toEqual(['1: at once']);
});

it('reads comments and messages of code, and no names, keys, paths or values', () => {
  expect(words('libs/a.ts', '  told.push(answer); // at this moment')).toEqual(['1: moment']);
  expect(words('libs/a.ts', "  throw new Error('All at once.');")).toEqual(['1: at once']);
  expect(words('apps/a.tsx', '      <Text>The breaker rests now</Text>')).toEqual(['1: rests']);
  expect(words('libs/a.ts', "import { told } from './stand-ins.js';")).toEqual([]);
  expect(words('libs/a.ts', `  const text = \`seen \${told} of them\`;`)).toEqual([]);
  expect(words('docs/a.md', 'Set `moment`; see [the guide](told.md).')).toEqual([]);
});

it('finds new constants with the old prefixes, but not their use', () => {
  expect(words('libs/a.ts', 'export const MOST_ROWS = 5;')).toEqual(['1: const MOST_ROWS']);
  expect(words('libs/a.ts', '  if (rows > MOST_ROWS) return;')).toEqual([]);
});

it('wants comments and headings that are no clause', () => {
  expect(words('libs/a.ts', '/** What is left. */')).toEqual(['1: /** What is left.']);
  expect(words('libs/a.ts', '/** Returns what is left. */')).toEqual([]);
  expect(words('docs/a.md', '## What it costs')).toEqual(['1: ## What it costs']);
  expect(words('docs/a.md', '## Costs', 'What does it cost?')).toEqual([]);
});

it('lets a line with a reason pass, and the line after it, and no other', () => {
  expect(words('libs/a.ts', "const title = 'All at once'; // words-ok: text of the source document")).toEqual(
    [],
  );
  expect(words('docs/a.md', '<!-- words-ok: a quotation -->', 'at once', 'at once')).toEqual(['3: at once']);
  expect(words('docs/a.md', 'at once <!-- words-ok: -->')).toEqual(['1: at once']);
});
