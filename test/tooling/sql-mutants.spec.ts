import { describe, expect, it } from 'vitest';
import { changesOf } from '../mutation/sql-mutators.js';
import { marked, marksIn, sqlMutantsOf, unmarked } from '../mutation/sql-sources.js';

const changed = (sql: string) =>
  changesOf(sql).map(
    ({ start, end, to }) => sql.slice(0, start) + to.replace('$0', sql.slice(start, end)) + sql.slice(end),
  );

describe('a change of SQL', () => {
  it.each([
    ['a comparison', 'WHERE a < 5', 'WHERE a <= 5'],
    ['a bound', 'WHERE a <= $1', 'WHERE a < $1'],
    ['equality', 'WHERE a = $1', 'WHERE a <> $1'],
    ['a number', 'WHERE a < 5', 'WHERE a < 6'],
    ['an interval', "now() - interval '30 days'", "now() - interval '31 days'"],
    ['a direction', 'ORDER BY a DESC', 'ORDER BY a ASC'],
    ['an order', 'ORDER BY a, b LIMIT $1', 'ORDER BY a DESC, b LIMIT $1'],
    ['a limit', 'ORDER BY a LIMIT $1', 'ORDER BY a LIMIT ($1 - 1)'],
    ['a percentile', 'up_to >= 0.5 * all_calls', 'up_to >= 0.95 * all_calls'],
    ['an aggregate', 'SELECT min(a) FROM b', 'SELECT max(a) FROM b'],
    ['a default', 'SELECT coalesce(sum(a), 0)', 'SELECT coalesce(sum(a))'],
    ['a distinct count', 'count(DISTINCT a)', 'count( a)'],
    ['a null', 'WHERE a IS NULL', 'WHERE a IS NOT NULL'],
    ['a join', 'FROM a LEFT JOIN b USING (id)', 'FROM a JOIN b USING (id)'],
    ['a condition', 'WHERE a = 1 AND b > 2', 'WHERE a = 1 AND (b > 2 OR true)'],
    ['an alternative', 'WHERE (a IS NULL OR b = a)', 'WHERE (a IS NULL OR (b = a AND false))'],
    ['the first value of a range', 'WHERE a BETWEEN $1 AND $2', 'WHERE (a BETWEEN $1 AND $2 AND a <> $1)'],
    ['the last value of a range', 'WHERE a BETWEEN $1 AND $2', 'WHERE (a BETWEEN $1 AND $2 AND a <> $2)'],
  ])('is about %s', (_, sql, expected) => {
    expect(changed(sql)).toContain(expected);
  });

  it.each([
    ['an assignment', 'UPDATE a SET b = c'],
    ['the columns of a group', 'GROUP BY 1, 2'],
    ['text', "SELECT 'a < b' FROM c"],
    ['a name', 'SELECT "a < b" FROM c'],
  ])('leaves %s alone', (_, sql) => {
    expect(changesOf(sql)).toEqual([]);
  });
});

describe('marks in a source', () => {
  const source = [
    "const LATER = 'a > $1';",
    `const read = (limit: number) => \`SELECT a FROM b WHERE \${LATER} AND c < \${limit} ORDER BY a\`;`,
  ].join('\n');
  const withMarks = marked('file.ts', source);

  it('leave the statement as it is', () => {
    expect(unmarked(withMarks)).toBe(source);
  });

  it('turn each mutant into one other statement', () => {
    const mutants = sqlMutantsOf('file.ts', source);
    expect(mutants.map(({ id }) => id).toSorted()).toEqual([...marksIn(withMarks)].toSorted());
    const statements = mutants.map((mutant) => unmarked(withMarks, mutant));
    expect(statements).toContain(source.replace('c < ', 'c <= '));
    expect(statements).toContain(source.replace(/c < \$\{limit\}/, '($& OR true)'));
    expect(new Set([source, ...statements]).size).toBe(mutants.length + 1);
  });
});
