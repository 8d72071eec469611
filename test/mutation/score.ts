import { readFileSync } from 'node:fs';

export interface MutantResult {
  part: 'code' | 'sql';
  file: string;
  line: number;
  /** The first line that it changes. */
  lineText: string;
  kind: string;
  from: string;
  to: string;
  /** Not reached: no test executes it. Not run: the command was interrupted. */
  status: 'noticed' | 'survived' | 'not reached' | 'not run';
}

/** Why nobody has to notice a change: for each file, the changes of a line with the same reason. */
type Survivors = Record<string, { line: string; changes: string[]; why: string }[]>;

const oneLine = (text: string) => text.replace(/\s+/g, ' ').slice(0, 80);
const changeOf = ({ from, to }: MutantResult) => `${oneLine(from)} → ${oneLine(to)}`;

/**
 * Prints the score of each file and the mutants that nothing notices and nobody has explained.
 * @param isComplete all mutants of these files are among the results, so that an explanation without one is stale
 * @returns how many lines are to be written or removed
 */
export function printScore(results: MutantResult[], survivorsFile: string, isComplete: boolean): number {
  const survivors: Survivors = JSON.parse(readFileSync(survivorsFile, 'utf8'));
  const files = [...new Set(results.map(({ file }) => file))].sort();
  const row = (name: string, ...cells: (string | number)[]) =>
    console.log(`${name.padEnd(56)}${cells.map((cell) => String(cell).padStart(11)).join('')}`);
  row('', 'mutants', 'noticed', 'survived', 'not reached', 'not run', 'score');
  for (const name of files) row(name, ...cellsOf(results.filter(({ file }) => file === name)));
  row('all files', ...cellsOf(results));
  const unexplained = results.filter((result) => isSurvivor(result) && !isExplained(result, survivors));
  for (const result of unexplained)
    console.log(
      `\n${result.file}:${result.line} ${result.kind}, ${result.status}\n  ${result.lineText}\n  ${changeOf(result)}`,
    );
  const stale = isComplete ? staleLines(results, survivors) : [];
  for (const line of stale)
    console.log(`\n${survivorsFile} explains what is noticed, or is not there: ${line}`);
  return unexplained.length + stale.length;
}

const isSurvivor = ({ status }: MutantResult) => status === 'survived' || status === 'not reached';

function isExplained(result: MutantResult, survivors: Survivors): boolean {
  return (survivors[result.file] ?? []).some(
    ({ line, changes }) => line === result.lineText && changes.includes(changeOf(result)),
  );
}

function staleLines(results: MutantResult[], survivors: Survivors): string[] {
  const run = new Set(results.map(({ file }) => file));
  const matches = (file: string, line: string, change: string) => (result: MutantResult) =>
    result.file === file &&
    result.lineText === line &&
    changeOf(result) === change &&
    result.status !== 'noticed';
  return Object.entries(survivors)
    .filter(([file]) => run.has(file))
    .flatMap(([file, entries]) =>
      entries.flatMap(({ line, changes }) =>
        changes
          .filter((change) => !results.some(matches(file, line, change)))
          .map((change) => `${file} ${line}: ${change}`),
      ),
    );
}

function cellsOf(results: MutantResult[]): (string | number)[] {
  const count = (...statuses: MutantResult['status'][]) =>
    results.filter(({ status }) => statuses.includes(status)).length;
  const run = results.length - count('not run');
  const score = run === 0 ? '–' : `${((100 * count('noticed')) / run).toFixed(1)} %`;
  return [results.length, count('noticed'), count('survived'), count('not reached'), count('not run'), score];
}
