import type { Reporter } from 'vitest/node';

/** Suites that `npm test` leaves out. CONTRIBUTING.md says what each is for. */
const OTHER_SUITES = [
  ['test:system', 'programs started, stopped and killed; the command line; the browser; query plans'],
  ['test:faults', 'faults under load'],
  ['test:upgrade', 'a rolling upgrade and the way back'],
  ['test:compose', 'the composed stack, with a Docker engine'],
  ['test:mutation', 'which faults in the code no test notices'],
  ['bench:regression', 'what a request costs'],
] as const;

/** Says at the end of `npm test` which suites it did not run. */
export class UnrunSuites implements Reporter {
  onTestRunEnd(): void {
    const lines = OTHER_SUITES.map(([script, what]) => `  npm run ${script.padEnd(17)} ${what}`);
    console.log(`\nNot run:\n${lines.join('\n')}\n`);
  }
}
