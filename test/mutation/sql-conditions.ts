import { type Change, HOLE, isWord, type Token } from './sql-tokens.js';

const CONNECTIVES = ['AND', 'OR'];
const BEFORE_CONDITION = ['WHERE', 'HAVING', 'ON', 'WHEN'];
/** Ends an operand of AND and OR, at its depth. */
const BOUNDARIES = [
  ...[...CONNECTIVES, ...BEFORE_CONDITION, 'THEN', 'ELSE', 'END', 'CASE', 'SELECT', 'FROM', 'AS', 'SET'],
  ...[
    'GROUP',
    'ORDER',
    'LIMIT',
    'OFFSET',
    'UNION',
    'RETURNING',
    'FOR',
    'JOIN',
    'LEFT',
    'CROSS',
    'USING',
    'WITH',
  ],
  ...['INSERT', 'UPDATE', 'DELETE', 'VALUES', 'CONFLICT', 'DO', 'FILTER', 'OVER', 'PARTITION', 'WINDOW'],
];

interface Operand {
  tokens: Token[];
  before: Token | undefined;
  after: Token | undefined;
}

/** Lets every condition hold always, or never where it is one of several of which one suffices. */
export function conditionChanges(tokens: Token[], sql: string): Change[] {
  return operandsOf(tokens)
    .filter(isCondition)
    .flatMap((operand) => [dropped(operand), ...boundaries(operand, sql)]);
}

function dropped({ tokens, before, after }: Operand): Change {
  const isAlternative = isWord(before, 'OR') || isWord(after, 'OR');
  const range = { start: tokens[0]!.start, end: tokens.at(-1)!.end };
  return { ...range, kind: 'condition', to: isAlternative ? '($0 AND false)' : '($0 OR true)' };
}

/** `BETWEEN` without its first and without its last value. */
function boundaries({ tokens }: Operand, sql: string): Change[] {
  const depth = tokens[0]!.depth;
  const at = tokens.findIndex((token) => token.depth === depth && isWord(token, 'BETWEEN'));
  const and = tokens.findIndex((token, index) => index > at && token.depth === depth && isWord(token, 'AND'));
  if (at < 1 || and < 0) return [];
  const range = { start: tokens[0]!.start, end: tokens.at(-1)!.end };
  const text = (part: Token[]) => sql.slice(part[0]!.start, part.at(-1)!.end);
  const [value, first, last] = [tokens.slice(0, at), tokens.slice(at + 1, and), tokens.slice(and + 1)].map(
    text,
  );
  return [first, last]
    .filter((bound) => !`${value}${bound}`.includes(HOLE))
    .map((bound) => ({ ...range, kind: 'boundary', to: `($0 AND ${value} <> ${bound})` }));
}

function isCondition({ tokens, before, after }: Operand): boolean {
  if (tokens.length < 2) return false;
  if (isWord(tokens[0], 'DISTINCT')) return false;
  return isWord(before, ...CONNECTIVES, ...BEFORE_CONDITION) || isWord(after, ...CONNECTIVES);
}

/** Splits each depth at its boundaries; tokens in parentheses belong to the operand around them, too. */
function operandsOf(tokens: Token[]): Operand[] {
  const operands: Operand[] = [];
  const open: Open[] = [openAfter(undefined)];
  for (const [index, token] of tokens.entries()) {
    if (token.text === ')' && open.length > 1) operands.push({ ...open.pop()!, after: token });
    const current = open.at(-1)!;
    if (isBoundary(token, current.between, tokens[index - 1])) {
      operands.push({ ...current, after: token });
      open[open.length - 1] = openAfter(token);
    } else extend(open, token);
    if (token.text === '(') open.push(openAfter(token));
  }
  operands.push({ ...open.pop()!, after: undefined });
  return operands.filter((operand) => operand.tokens.length > 0);
}

/** An operand whose end is not reached; `between` waits for the AND of BETWEEN. */
type Open = Omit<Operand, 'after'> & { between: boolean };

const openAfter = (before: Token | undefined): Open => ({ tokens: [], before, between: false });

function extend(open: Open[], token: Token): void {
  const current = open.at(-1)!;
  for (const operand of open) operand.tokens.push(token);
  current.between = isWord(token, 'BETWEEN') || (current.between && !isWord(token, 'AND'));
}

function isBoundary(token: Token, between: boolean, previous: Token | undefined): boolean {
  if (token.text === ',' || token.text === ';') return true;
  if (isWord(token, 'FROM') && isWord(previous, 'DISTINCT')) return false;
  return isWord(token, ...BOUNDARIES) && !(between && token.text === 'AND');
}
