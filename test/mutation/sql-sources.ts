import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkout } from '../../scripts/embedded/checkout.js';
import type { ts } from '../../tools/typescript.js';
import { changesOf } from './sql-mutators.js';
import { type Change, HOLE } from './sql-tokens.js';

/** Also the built program finds it there. */
const compiler: typeof ts = createRequire(join(checkout, 'tools', 'package.json'))('typescript');

/** A change of one statement in one file. */
export interface SqlMutant {
  /** Names the mutant in markers: the same as long as its line is. */
  id: string;
  file: string;
  line: number;
  lineText: string;
  kind: string;
  from: string;
  to: string;
}

/** The text of a literal, with the place in the file of each of its characters. */
interface SqlText {
  sql: string;
  starts: number[];
  ends: number[];
}

const LOOKS_LIKE_SQL =
  /\b(SELECT|FROM|WHERE|AND|OR|ORDER BY|UPDATE|INSERT|DELETE|JOIN|LIMIT|CASE|BETWEEN|DESC|IS NULL)\b|\b(sum|count|max|min|coalesce|interval)\b ?[('(]|^[<>]=?$/;

/** A direction that TypeORM is given as such. */
const NOT_SQL = /^(ASC|DESC)$/;

/** A literal that begins as a statement does, or a clause of one. */
const HAS_SQL = /[`'"](\s|\()*(SELECT|WITH|FROM|INSERT INTO|UPDATE|DELETE FROM|CASE WHEN) /;

const text = (): SqlText => ({ sql: '', starts: [], ends: [] });

function add(into: SqlText, source: string, start: number, end: number): void {
  for (let at = start; at < end; at++) {
    into.sql += source[at];
    into.starts.push(at);
    into.ends.push(at + 1);
  }
}

function textOf(node: ts.Node, source: string): SqlText | undefined {
  const start = node.getStart();
  const found = text();
  if (compiler.isStringLiteral(node) || compiler.isNoSubstitutionTemplateLiteral(node)) {
    add(found, source, start + 1, node.end - 1);
    return found;
  }
  if (!compiler.isTemplateExpression(node)) return undefined;
  add(found, source, start + 1, node.head.end - 2);
  for (const { expression, literal } of node.templateSpans) {
    found.sql += HOLE;
    found.starts.push(expression.pos - 2);
    found.ends.push(literal.getStart() + 1);
    add(found, source, literal.getStart() + 1, literal.end - (compiler.isTemplateTail(literal) ? 1 : 2));
  }
  return found;
}

/** All literals of the file that hold SQL. */
function textsOf(file: string, source: string): SqlText[] {
  const texts: SqlText[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isImportDeclaration(node) || compiler.isThrowStatement(node) || compiler.isTypeNode(node))
      return;
    const found = textOf(node, source);
    if (found && LOOKS_LIKE_SQL.test(found.sql) && !NOT_SQL.test(found.sql)) texts.push(found);
    compiler.forEachChild(node, visit);
  };
  visit(compiler.createSourceFile(file, source, compiler.ScriptTarget.Latest, true));
  return texts;
}

interface Place extends SqlMutant {
  start: number;
  end: number;
}

function placesOf(file: string, source: string): Place[] {
  const lines = source.split('\n');
  const seen = new Map<string, number>();
  return textsOf(file, source).flatMap(({ sql, starts, ends }) =>
    changesOf(sql).map((change: Change) => {
      const [start, end] = [starts[change.start]!, ends[change.end - 1]!];
      const line = source.slice(0, start).split('\n').length;
      const lineText = lines[line - 1]!.trim();
      const from = source.slice(start, end);
      const key = [file, change.kind, lineText, from, change.to].join('\n');
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      const id = createHash('sha256').update(`${key}\n${nth}`).digest('hex').slice(0, 10);
      return { id, file, line, lineText, kind: change.kind, from, to: change.to, start, end };
    }),
  );
}

export const sqlMutantsOf = (file: string, source: string): SqlMutant[] =>
  placesOf(file, source).map(({ start: _, end: __, ...mutant }) => mutant);

/** Puts a comment before and behind everything that can be changed. It goes along with the text wherever that is used. */
export function marked(file: string, source: string): string {
  const marks = placesOf(file, source).flatMap(({ id, start, end }) => [
    { at: start, order: [1, start - end], mark: `/*<${id}*/` },
    { at: end, order: [0, end - start], mark: `/*${id}>*/` },
  ]);
  marks.sort((a, b) => a.at - b.at || a.order[0]! - b.order[0]! || a.order[1]! - b.order[1]!);
  let result = '';
  let last = 0;
  for (const { at, mark } of marks) {
    result += source.slice(last, at) + mark;
    last = at;
  }
  return result + source.slice(last);
}

const ANY_MARK = /\/\*<?([0-9a-f]{10})>?\*\//g;

/** The mutants that a statement has passed by. */
export const marksIn = (sql: string): Set<string> =>
  new Set([...sql.matchAll(ANY_MARK)].map(([, id]) => id!));

/** The statement as PostgreSQL gets it: changed where the mutant has its marks, and without marks. */
export function unmarked(sql: string, mutant?: Pick<SqlMutant, 'id' | 'to'>): string {
  if (!mutant) return sql.replace(ANY_MARK, '');
  const place = new RegExp(`/\\*<${mutant.id}\\*/([\\s\\S]*?)/\\*${mutant.id}>\\*/`, 'g');
  return sql.replace(place, (_, from) => mutant.to.replace('$0', () => from)).replace(ANY_MARK, '');
}

/** Files with SQL in them, relative to the checkout. */
export function sqlFiles(checkout: string): string[] {
  const libs = readdirSync(join(checkout, 'libs'), { recursive: true, encoding: 'utf8' });
  return libs
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => join('libs', file))
    .filter((file) => HAS_SQL.test(readFileSync(join(checkout, file), 'utf8')))
    .sort();
}
