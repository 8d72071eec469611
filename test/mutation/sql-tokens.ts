/** Marks the place of an interpolation in the text of a template. */
export const HOLE = '\uFFFC';

/** Replaces a part of a statement. `$0` in `to` is the part itself. */
export interface Change {
  kind: string;
  start: number;
  end: number;
  to: string;
}

export interface Token {
  kind: 'word' | 'string' | 'number' | 'operator' | 'other';
  text: string;
  start: number;
  end: number;
  /** How many parentheses are open before it. */
  depth: number;
}

const PATTERN =
  /(?<space>\s+|--.*)|(?<string>'(?:[^']|'')*')|(?<number>\d+(?:\.\d+)?)|(?<other>"[^"]*"|\$\d+|:(?!:)[a-z]\w*)|(?<word>[A-Za-z_\uFFFC][\w\uFFFC]*)|(?<operator><=|>=|<>|!=|\|\||->>|->|#>>|@>|<@|::|=>|[^\s\w])/gy;

/** Splits SQL, or a fragment of it, into tokens without white space. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const match of sql.matchAll(PATTERN)) {
    const [kind, text] = Object.entries(match.groups!).find(([, found]) => found !== undefined)!;
    if (kind === 'space') continue;
    if (text === ')') depth -= 1;
    const start = match.index;
    tokens.push({ kind: kind as Token['kind'], text: text!, start, end: start + text!.length, depth });
    if (text === '(') depth += 1;
  }
  return tokens;
}

/** Returns the index of the first token from `at` on, at the depth of the token at `at` or outside, that fits. */
export function indexFrom(tokens: Token[], at: number, fits: (token: Token) => boolean): number {
  const depth = tokens[at]?.depth ?? 0;
  for (let index = at; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.depth < depth || (token.depth === depth && fits(token))) return index;
  }
  return tokens.length;
}

export const isWord = (token: Token | undefined, ...words: string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text);
