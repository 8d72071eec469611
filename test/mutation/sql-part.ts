import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import startServices from '../support/embedded-services.js';
import { dropTestDatabases } from './drop-databases.js';
import type { MutantResult } from './score.js';
import { type Ended, type ReportLine, runBatch, type Services, type SpecRun } from './sql-batch.js';
import { type SqlMutant, sqlFiles, sqlMutantsOf } from './sql-sources.js';

/** Mutants of one process: so few that an interruption loses little, so many that the start of it counts little. */
const BATCH_SIZE = 16;
const RECORDING_SIZE = 8;

/** The mutants that a spec file reaches, by its tests; those reached outside of tests are reached by all of them. */
interface Reached {
  specHash: string;
  tests: Record<string, string[]>;
  outside: string[];
}

interface Outcome {
  sourceHash: string;
  /** Hash of each spec file that ran with the mutant and did not notice it. */
  passed: Record<string, string>;
  noticedBy?: { spec: string; specHash: string; failure: string };
}

/** Runs integration specs against mutants of SQL and remembers each result. */
export class SqlPart {
  private readonly mutants: SqlMutant[];
  private readonly hashes = new Map<string, string>();
  private readonly reached: Record<string, Reached>;
  private readonly outcomes: Record<string, Outcome>;

  constructor(
    private readonly checkout: string,
    wanted: { file: (file: string) => boolean; kind: (kind: string) => boolean },
    private readonly tests: { isWanted: (spec: string) => boolean; max: number },
  ) {
    this.mutants = sqlFiles(checkout)
      .filter(wanted.file)
      .flatMap((file) => sqlMutantsOf(file, this.read(file)))
      .filter(({ kind }) => wanted.kind(kind));
    this.reached = this.load('sql-reached.json');
    this.outcomes = this.load('sql-outcomes.json');
  }

  async run(say: (line: string) => void): Promise<void> {
    const given: Services[] = [];
    const project = { provide: (_: string, services: Services) => given.push(services) };
    const stop = await startServices(project as unknown as TestProject);
    const services = given[0]!;
    try {
      await this.recordAll(services, say);
      for (let batch = this.nextBatch(); batch.length > 0; batch = this.nextBatch()) {
        await this.runMutants(batch, services);
        const left = this.mutants.filter((mutant) => this.specsLeft(mutant).length > 0).length;
        say(`${batch[0]!.spec.slice(this.checkout.length + 1)}: ${batch.length} mutants run, ${left} left`);
        await dropTestDatabases(services);
      }
    } finally {
      await stop();
    }
  }

  results(): MutantResult[] {
    return this.mutants.map((mutant) => ({ ...mutant, part: 'sql', status: this.statusOf(mutant) }));
  }

  private statusOf(mutant: SqlMutant): MutantResult['status'] {
    const outcome = this.outcomeOf(mutant);
    if (outcome?.noticedBy) return 'noticed';
    if (this.specsLeft(mutant).length > 0) return 'not run';
    return outcome ? 'survived' : 'not reached';
  }

  /** Finds out which mutants each spec file reaches, unless that is known. */
  private async recordAll(services: Services, say: (line: string) => void): Promise<void> {
    const unknown = this.specs().filter((spec) => this.reached[spec]?.specHash !== this.hashOf(spec));
    for (let at = 0; at < unknown.length; at += RECORDING_SIZE) {
      const specs = unknown.slice(at, at + RECORDING_SIZE);
      say(`recording what is reached by ${specs.length} of ${unknown.length - at} spec files`);
      const runs = specs.map((spec) => this.runOf(spec, null, null));
      const lines = await runBatch(this.checkout, runs, services);
      for (const [run, spec] of specs.entries()) {
        const failure = failureOf(lines, run);
        if (failure) say(`${spec} fails without a mutant and is left out: ${failure}`);
        this.reached[spec] = { specHash: this.hashOf(spec), ...(failure ? NOTHING : reachedIn(lines, run)) };
      }
      this.save('sql-reached.json', this.reached);
      await dropTestDatabases(services);
    }
  }

  /** As many mutants as one spec file can be run with next. */
  private nextBatch(): SpecRun[] {
    let spec: string | undefined;
    const runs: SpecRun[] = [];
    for (const mutant of this.mutants) {
      const [next] = this.specsLeft(mutant);
      spec ??= next;
      if (next === undefined || next !== spec) continue;
      runs.push(this.runOf(spec, mutant, this.testsThatReach(mutant.id, spec)));
      if (runs.length === BATCH_SIZE) break;
    }
    return spec === undefined ? [] : [this.runOf(spec, null, null), ...runs];
  }

  private runOf(spec: string, mutant: SqlMutant | null, tests: string[] | null): SpecRun {
    return { spec: join(this.checkout, spec), mutant: mutant && { id: mutant.id, to: mutant.to }, tests };
  }

  private async runMutants(batch: SpecRun[], services: Services): Promise<void> {
    const lines = await runBatch(this.checkout, batch, services);
    const failure = failureOf(lines, 0);
    if (failure) throw new Error(`${batch[0]!.spec} fails without a mutant: ${failure}`);
    const started = lines.flatMap((line) => ('started' in line && line.run > 0 ? [line.run] : []));
    for (const run of started) this.remember(batch[run]!, failureOf(lines, run));
    this.save('sql-outcomes.json', this.outcomes);
  }

  private remember({ spec: path, mutant }: SpecRun, failure: string | undefined): void {
    const spec = path.slice(this.checkout.length + 1);
    const { id, file } = this.mutants.find(({ id }) => id === mutant!.id)!;
    const specHash = this.hashOf(spec);
    const outcome = this.outcomeOf({ id, file }) ?? { sourceHash: this.hashOf(file), passed: {} };
    if (failure === undefined) outcome.passed[spec] = specHash;
    else outcome.noticedBy = { spec, specHash, failure };
    this.outcomes[id] = outcome;
  }

  /** Returns the known result of a mutant, as far as its file and the spec file that noticed it are the same as then. */
  private outcomeOf({ id, file }: Pick<SqlMutant, 'id' | 'file'>): Outcome | undefined {
    const outcome = this.outcomes[id];
    if (outcome?.sourceHash !== this.hashOf(file)) return undefined;
    const { noticedBy, ...rest } = outcome;
    return noticedBy && this.hashOf(noticedBy.spec) === noticedBy.specHash ? outcome : rest;
  }

  /** The spec files that have to run yet, those that reach the fewest mutants first. */
  private specsLeft(mutant: SqlMutant): string[] {
    const outcome = this.outcomeOf(mutant);
    if (outcome?.noticedBy) return [];
    return this.specsThatReach(mutant.id)
      .filter(this.tests.isWanted)
      .slice(0, this.tests.max)
      .filter((spec) => outcome?.passed[spec] !== this.hashOf(spec));
  }

  private readonly rankedSpecs = new Map<string, string[]>();

  private specsThatReach(id: string): string[] {
    if (this.rankedSpecs.size === 0) {
      const size = ({ tests, outside }: Reached) =>
        new Set([...Object.values(tests).flat(), ...outside]).size;
      const ranked = Object.entries(this.reached).toSorted(([, a], [, b]) => size(a) - size(b));
      for (const [spec, { tests, outside }] of ranked)
        for (const reached of new Set([...Object.values(tests).flat(), ...outside]))
          this.rankedSpecs.set(reached, [...(this.rankedSpecs.get(reached) ?? []), spec]);
    }
    return this.rankedSpecs.get(id) ?? [];
  }

  private testsThatReach(id: string, spec: string): string[] | null {
    const { tests, outside } = this.reached[spec]!;
    if (outside.includes(id)) return null;
    return Object.entries(tests).flatMap(([name, ids]) => (ids.includes(id) ? [name] : []));
  }

  private specs(): string[] {
    const files = readdirSync(join(this.checkout, 'test/integration'), { encoding: 'utf8' });
    return files
      .filter((file) => file.endsWith('.spec.ts'))
      .map((file) => join('test/integration', file))
      .filter(this.tests.isWanted);
  }

  private read(file: string): string {
    return readFileSync(join(this.checkout, file), 'utf8');
  }

  private hashOf(file: string): string {
    if (!existsSync(join(this.checkout, file))) return 'removed';
    const known = this.hashes.get(file);
    const hash = known ?? createHash('sha256').update(this.read(file)).digest('hex').slice(0, 16);
    this.hashes.set(file, hash);
    return hash;
  }

  private load<Content extends object>(name: string): Content {
    const file = join(this.checkout, 'coverage/mutation', name);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : ({} as Content);
  }

  private save(name: string, content: object): void {
    const file = join(this.checkout, 'coverage/mutation', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(content));
    renameSync(`${file}.new`, file);
  }
}

const NOTHING = { tests: {}, outside: [] };

/** @returns undefined if the run passed */
function failureOf(lines: ReportLine[], run: number): string | undefined {
  const broken = lines.find((line) => 'broken' in line);
  const ended = lines.find((line) => 'ended' in line && line.run === run) as Ended | undefined;
  if (!ended) return broken?.broken ?? 'it did not end';
  return ended.ended === 'passed' ? undefined : (ended.failure ?? ended.ended);
}

function reachedIn(lines: ReportLine[], run: number): Omit<Reached, 'specHash'> {
  const tests: Record<string, string[]> = {};
  const outside = new Set<string>();
  for (const line of lines) {
    if ('outside' in line && line.run === run) for (const id of line.outside) outside.add(id);
    if ('inside' in line && line.run === run) tests[line.test] = line.inside;
  }
  return { tests, outside: [...outside] };
}
