import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PURE } from './pure-decisions.js';
import type { MutantResult } from './score.js';

const TOOLS = 'tools/mutation';
const FOLDER = 'coverage/mutation';

/** The part that is read of Stryker's report (mutation-testing-report-schema). */
interface StrykerReport {
  files: Record<string, { source: string; mutants: StrykerMutant[] }>;
}
interface StrykerMutant {
  mutatorName: string;
  replacement: string;
  location: { start: Place; end: Place };
  status: string;
  /** Executed only while a module loads. */
  static?: boolean;
}
interface Place {
  line: number;
  column: number;
}

const STATUS: Record<string, MutantResult['status']> = {
  Killed: 'noticed',
  Timeout: 'noticed',
  Survived: 'survived',
  NoCoverage: 'not reached',
};

/** Runs Stryker area by area. It remembers the results of an area itself, so that an interruption loses one area. */
export class CodePart {
  constructor(
    private readonly checkout: string,
    private readonly only: (file: string) => boolean,
  ) {}

  run(say: (line: string) => void): void {
    this.install(say);
    for (const [area, files] of Object.entries(PURE)) {
      if (!files.some(this.only)) continue;
      say(`Stryker: ${area}`);
      this.runArea(area, files);
    }
  }

  results(): MutantResult[] {
    return Object.entries(PURE).flatMap(([area, files]) => this.resultsOf(area, files.filter(this.only)));
  }

  private resultsOf(area: string, files: string[]): MutantResult[] {
    const file = join(this.checkout, incrementalFile(area));
    if (!existsSync(file)) return [];
    const report: StrykerReport = JSON.parse(readFileSync(file, 'utf8'));
    return files.flatMap((file) => {
      const { source = '', mutants = [] } = report.files[file] ?? {};
      const isCurrent = source === readFileSync(join(this.checkout, file), 'utf8');
      return mutants
        .filter(({ status }) => status !== 'Ignored' && status !== 'CompileError')
        .map((mutant) => resultOf(file, source.split('\n'), mutant, isCurrent));
    });
  }

  private runArea(area: string, files: string[]): void {
    const configFile = join(this.checkout, FOLDER, `stryker-${area}.json`);
    mkdirSync(join(this.checkout, FOLDER), { recursive: true });
    writeFileSync(configFile, JSON.stringify(configOf(area, files)));
    this.forgetStaticSurvivors(area);
    const stryker = join(this.checkout, TOOLS, 'node_modules/@stryker-mutator/core/bin/stryker.js');
    const { status } = spawnSync(process.execPath, [stryker, 'run', configFile], {
      cwd: this.checkout,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`Stryker ended with ${status}`);
  }

  /** No test covers these, so that Stryker would keep such a result whichever specs change. */
  private forgetStaticSurvivors(area: string): void {
    const file = join(this.checkout, incrementalFile(area));
    if (!existsSync(file)) return;
    const report: StrykerReport = JSON.parse(readFileSync(file, 'utf8'));
    for (const each of Object.values(report.files))
      each.mutants = each.mutants.filter(
        ({ static: isStatic, status }) => !isStatic || status !== 'Survived',
      );
    writeFileSync(file, JSON.stringify(report));
  }

  /** Stryker is in a separate package, without vitest: it takes the one of the project. */
  private install(say: (line: string) => void): void {
    if (existsSync(join(this.checkout, TOOLS, 'node_modules/.package-lock.json'))) return;
    say('installing Stryker');
    const { status } = spawnSync('npm', ['ci', '--prefix', TOOLS, '--no-audit', '--no-fund'], {
      cwd: this.checkout,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error('Stryker could not be installed');
  }
}

const incrementalFile = (area: string) => `${FOLDER}/code-${area}.json`;

const configOf = (area: string, files: string[]) => ({
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.code.config.ts' },
  mutate: files,
  coverageAnalysis: 'perTest',
  concurrency: 1,
  incremental: true,
  incrementalFile: incrementalFile(area),
  reporters: ['progress-append-only'],
  tempDirName: `${FOLDER}/sandbox`,
  ignorePatterns: ['*', ...IN_SANDBOX.map((path) => `!${path}`)],
  disableTypeChecks: false,
  allowEmpty: true,
  // A slow machine must not make an endless loop of a mutant.
  timeoutMS: 60_000,
});

/** Returns the files that unit specs import. */
const IN_SANDBOX = [
  ...['libs/**', 'migrations/**', 'test/**', 'apps/**', 'docs/switch-ui/**', 'scripts/**'],
  ...['package.json', 'tsconfig.json', 'vitest.config.ts'],
];

function resultOf(file: string, lines: string[], mutant: StrykerMutant, isCurrent: boolean): MutantResult {
  const { start, end } = mutant.location;
  const changed = lines.slice(start.line - 1, end.line);
  changed[changed.length - 1] = changed.at(-1)!.slice(0, end.column - 1);
  changed[0] = changed[0]!.slice(start.column - 1);
  return {
    ...{ part: 'code', file, line: start.line, lineText: lines[start.line - 1]!.trim() },
    ...{ kind: mutant.mutatorName, from: changed.join('\n'), to: mutant.replacement },
    status: isCurrent ? (STATUS[mutant.status] ?? 'not run') : 'not run',
  };
}
