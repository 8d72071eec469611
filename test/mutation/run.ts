import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CodePart } from './code-part.js';
import { printScore } from './score.js';
import { SqlPart } from './sql-part.js';

const HELP = `Changes the code and its SQL a little, one change at a time, and reports which changes no test notices.

  npm run test:mutation -- [--part code|sql] [--only <path>] [--specs <number>] [--tests <pattern>]
                           [--kinds <pattern>] [--report]

  --part    code: pure decisions in libs, by Stryker and the unit specs
            sql: statements in libs, by the integration specs. Default: both
  --only    files whose path contains this
  --specs   spec files to run at most for a change of SQL, the most specific first. Default: 8
  --tests   integration specs whose path matches this; the others do not run
  --kinds   changes of SQL whose kind matches this, such as interval|boundary|percentile
  --report  prints what is known and runs nothing

Results are kept in coverage/mutation: after an interruption, the same command runs what is missing. A result counts
until its source or the spec files of it change. It fails if a change is not noticed and has no reason in
test/mutation/survivors.json.`;

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    only: { type: 'string', default: '' },
    specs: { type: 'string', default: '8' },
    tests: { type: 'string', default: '' },
    kinds: { type: 'string', default: '' },
    report: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return console.log(HELP);
  const checkout = join(import.meta.dirname, '../../..');
  const only = (file: string) => file.includes(values.only);
  const [wanted, kinds] = [new RegExp(values.tests), new RegExp(values.kinds)];
  const tests = { isWanted: (spec: string) => wanted.test(spec), max: Number(values.specs) };
  const parts = [
    ...(values.part === 'sql' ? [] : [new CodePart(checkout, only)]),
    ...(values.part === 'code'
      ? []
      : [new SqlPart(checkout, { file: only, kind: (name) => kinds.test(name) }, tests)]),
  ];
  if (!values.report) for (const part of parts) await part.run((line) => console.log(line));
  const unexplained = printScore(
    parts.flatMap((part) => part.results()),
    join(checkout, 'test/mutation/survivors.json'),
    !values.part && !values.kinds && !values.tests,
  );
  process.exitCode = unexplained === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
await main();
