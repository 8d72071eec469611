import { conditionChanges } from './sql-conditions.js';
import { type Change, indexFrom, isWord, type Token, tokensOf } from './sql-tokens.js';

const OPERATORS: Record<string, string[]> = {
  '<': ['<='],
  '<=': ['<'],
  '>': ['>='],
  '>=': ['>'],
  '<>': ['='],
  '+': ['-'],
  '-': ['+'],
};
const FUNCTIONS: Record<string, string> = {
  min: 'max',
  max: 'min',
  greatest: 'least',
  least: 'greatest',
  sum: 'max',
  ceil: 'floor',
};
const WORDS: Record<string, string> = { DESC: 'ASC', ASC: 'DESC', BETWEEN: 'NOT BETWEEN' };
const PHRASES: [from: string[], kind: string, to: string][] = [
  [['IS', 'NULL'], 'null', 'IS NOT NULL'],
  [['IS', 'NOT', 'NULL'], 'null', 'IS NULL'],
  [['IS', 'DISTINCT', 'FROM'], 'null', 'IS NOT DISTINCT FROM'],
  [['IS', 'NOT', 'DISTINCT', 'FROM'], 'null', 'IS DISTINCT FROM'],
  [['NOT', 'EXISTS'], 'exists', 'EXISTS'],
  [['SELECT', 'DISTINCT'], 'distinct', 'SELECT'],
  [['(', 'DISTINCT'], 'distinct', '('],
  [['UNION', 'ALL'], 'union', 'UNION'],
  [['LEFT', 'JOIN'], 'join', 'JOIN'],
];
/** Functions and types with a number that no condition depends on. */
const WITH_SETTINGS = ['hashtextextended', 'numeric', 'round', 'trunc'];
const CLAUSES = [
  'SELECT',
  'FROM',
  'WHERE',
  'SET',
  'ON',
  'HAVING',
  'GROUP',
  'ORDER',
  'LIMIT',
  'VALUES',
  'RETURNING',
];

/** All changes of one statement, or of a fragment of one. */
export function changesOf(sql: string): Change[] {
  const tokens = tokensOf(sql);
  if (/^[<>]=?$/.test(sql))
    return OPERATORS[sql]!.map((to) => ({ kind: 'comparison', start: 0, end: sql.length, to }));
  const found = tokens.flatMap((token, index) => [
    ...operatorChanges(tokens, index),
    ...phraseChanges(tokens, index),
    ...literalChanges(tokens, index),
    ...orderChanges(tokens, index),
    ...limitChanges(tokens, index),
    ...coalesceChanges(tokens, index),
    ...wordChanges(token, tokens[index + 1]),
  ]);
  return [...found, ...conditionChanges(tokens, sql)];
}

const at = (token: Token, kind: string, to: string): Change => ({
  kind,
  start: token.start,
  end: token.end,
  to,
});

function operatorChanges(tokens: Token[], index: number): Change[] {
  const token = tokens[index]!;
  if (token.kind !== 'operator') return [];
  if (token.text === '=') return isAssignment(tokens, index) ? [] : [at(token, 'comparison', '<>')];
  const isSign = token.text === '-' && !isValueEnd(tokens[index - 1]);
  const kind = /[<>]/.test(token.text) ? 'comparison' : 'arithmetic';
  return isSign ? [] : (OPERATORS[token.text] ?? []).map((to) => at(token, kind, to));
}

const isValueEnd = (token: Token | undefined) =>
  token !== undefined &&
  (token.text === ')' || (token.kind !== 'operator' && !isWord(token, 'SELECT', 'BY')));

/** `=` after SET assigns, unless a CASE compares there. */
function isAssignment(tokens: Token[], index: number): boolean {
  const { depth } = tokens[index]!;
  for (let before = index - 1; before >= 0; before--) {
    const token = tokens[before]!;
    if (token.depth < depth) return false;
    if (token.depth === depth && isWord(token, 'CASE', 'WHEN')) return false;
    if (token.depth === depth && isWord(token, ...CLAUSES)) return token.text === 'SET';
  }
  return false;
}

function phraseChanges(tokens: Token[], index: number): Change[] {
  return PHRASES.filter(([from]) => from.every((word, nth) => tokens[index + nth]?.text === word))
    .filter(([from]) => !isWord(tokens[index + from.length], 'ON'))
    .map(([from, kind, to]) => ({
      ...{ kind, start: tokens[index]!.start, end: tokens[index + from.length - 1]!.end },
      to,
    }));
}

function literalChanges(tokens: Token[], index: number): Change[] {
  const token = tokens[index]!;
  const previous = tokens[index - 1];
  if (token.kind === 'string' && isWord(previous, 'interval')) {
    const longer = token.text.replace(/\d+/, (number) => String(Number(number) + 1));
    return [at(token, 'interval', longer)];
  }
  if (token.kind !== 'number' || isOrdinal(tokens, index)) return [];
  if (token.text === '0.5') return [at(token, 'percentile', '0.95')];
  if (token.text === '0.95') return [at(token, 'percentile', '0.5')];
  return token.text.includes('.') ? [] : [at(token, 'number', String(Number(token.text) + 1))];
}

/** Numbers that name a column, or that no answer depends on: SELECT 1, GROUP BY 1, 2, the seed of a hash, LIMIT. */
function isOrdinal(tokens: Token[], index: number): boolean {
  const { depth } = tokens[index]!;
  if (isWord(tokens[index - 1], 'SELECT', 'LIMIT')) return true;
  const opening = tokens.findLastIndex((token, before) => before < index && token.depth < depth);
  if (isWord(tokens[opening - 1], ...WITH_SETTINGS)) return true;
  const before = tokens.findLastIndex(
    (token, nth) => nth < index && token.kind !== 'number' && token.text !== ',',
  );
  return isWord(tokens[before], 'BY');
}

const wordChanges = (token: Token, next: Token | undefined): Change[] => {
  if (token.kind !== 'word') return [];
  if (WORDS[token.text])
    return [at(token, token.text === 'BETWEEN' ? 'comparison' : 'order', WORDS[token.text]!)];
  return FUNCTIONS[token.text] && next?.text === '(' ? [at(token, 'aggregate', FUNCTIONS[token.text]!)] : [];
};

/** ORDER BY without a direction: the first expression descends. */
function orderChanges(tokens: Token[], index: number): Change[] {
  const first = tokens[index + 2];
  if (!isWord(tokens[index], 'ORDER') || !isWord(tokens[index + 1], 'BY') || !first) return [];
  const end = indexFrom(
    tokens,
    index + 2,
    (token) => isWord(token, 'LIMIT', 'FOR', 'DESC', 'ASC') || /^[,)]$/.test(token.text),
  );
  if (isWord(tokens[end], 'DESC', 'ASC') || /\uFFFC$/.test(tokens[end - 1]!.text)) return [];
  return [{ kind: 'order', start: first.start, end: tokens[end - 1]!.end, to: '$0 DESC' }];
}

function limitChanges(tokens: Token[], index: number): Change[] {
  const token = tokens[index + 1];
  if (!isWord(tokens[index], 'LIMIT') || !token) return [];
  if (tokens[index + 2]?.text === '+') return [];
  return [at(token, 'limit', '($0 - 1)')];
}

/** coalesce without its last value. */
function coalesceChanges(tokens: Token[], index: number): Change[] {
  if (!isWord(tokens[index], 'coalesce') || tokens[index + 1]?.text !== '(') return [];
  const close = indexFrom(tokens, index + 2, () => false);
  const comma = tokens.findLastIndex(
    (token, nth) =>
      nth > index && nth < close && token.text === ',' && token.depth === tokens[index + 2]!.depth,
  );
  if (comma < 0 || close >= tokens.length) return [];
  return [{ kind: 'coalesce', start: tokens[comma]!.start, end: tokens[close - 1]!.end, to: '' }];
}
