import { appendFileSync, readFileSync } from 'node:fs';
import type { Reporter, TestModule, TestSuite } from 'vitest/node';
import type { Batch } from './sql-batch.js';

/** Writes for each run of a batch how it ended as soon as it has. */
export default class BatchReporter implements Reporter {
  private readonly batch = JSON.parse(readFileSync(process.env.MUTATION_BATCH!, 'utf8')) as Batch;

  onTestSuiteResult(suite: TestSuite): void {
    if (suite.parent.type !== 'module') return;
    const failures = [suite, ...suite.children.allSuites(), ...suite.children.allTests('failed')].flatMap(
      (task) =>
        (task.type === 'suite' ? task.errors() : task.result().errors!).map(
          ({ message }) => `${task.fullName}: ${message}`,
        ),
    );
    this.write({ run: Number(suite.name), ended: suite.state(), failure: failures[0]?.slice(0, 300) });
  }

  onTestModuleEnd(module: TestModule): void {
    for (const { message } of module.errors()) this.write({ broken: message });
  }

  private write(line: object): void {
    appendFileSync(this.batch.reportFile, `${JSON.stringify(line)}\n`);
  }
}
