/** The outcome of one fault. */
export interface Result {
  title: string;
  /** Why it was not run; nothing else is set then. */
  skipped?: string;
  load: string;
  acknowledged: number;
  audited: number;
  lost: number;
  doubled: number;
  longestStallMs: number;
  errors: Map<string, number>;
  /** Each promise that did not hold, with examples. */
  broken: string[];
}

const HEAD = [
  'fault',
  'load',
  'acknowledged',
  'audited',
  'lost',
  'doubled',
  'longest stall',
  'errors seen by clients',
];
export const number = (value: number) => value.toLocaleString('en-US');

/** In Markdown, so that it goes into docs/reliability.md as it is. */
export function tableOf(results: Result[]): string {
  const ran = results.filter(({ skipped }) => !skipped);
  const sum = (of: (result: Result) => number) =>
    number(ran.reduce((total, result) => total + of(result), 0));
  const longest = Math.max(0, ...ran.map(({ longestStallMs }) => longestStallMs));
  const total = [
    `**${ran.length} faults**`,
    '',
    sum(({ acknowledged }) => acknowledged),
    sum(({ audited }) => audited),
    sum(({ lost }) => lost),
    sum(({ doubled }) => doubled),
    secondsOf(longest),
    '',
  ];
  const alignment = HEAD.map((_, column) => (column >= 2 && column <= 6 ? '---:' : '---'));
  return markdownTable([HEAD, alignment, ...results.map(rowOf), total]);
}

export const markdownTable = (rows: string[][]) => rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function rowOf(result: Result): string[] {
  if (result.skipped) return [result.title, `not run: ${result.skipped}`, '', '', '', '', '', ''];
  return [
    result.title,
    result.load,
    number(result.acknowledged),
    number(result.audited),
    number(result.lost),
    number(result.doubled),
    secondsOf(result.longestStallMs),
    countsOf(result.errors),
  ];
}

const secondsOf = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

export function countsOf(counts: Map<string, number>): string {
  const counted = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `${number(times)} × ${name}`);
  return counted.join(', ') || 'none';
}
