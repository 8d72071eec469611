import { endWithNpm } from '../../../scripts/launch/process-supervisor.js';
import { descendantsOf, signalAll } from '../../support/processes.js';

/** Ends everything that a run started, last first, however the run ends. */
export class CleanUp {
  private readonly steps: (() => unknown)[] = [];
  private running: Promise<void> | undefined;

  /** @returns takes the step out again */
  add(step: () => unknown): () => void {
    this.steps.push(step);
    return () => void this.steps.splice(this.steps.indexOf(step), 1);
  }

  run(): Promise<void> {
    this.running ??= this.endEverything();
    return this.running;
  }

  /** Makes Ctrl-C, SIGTERM and the end of npm clean up and exit with 130. */
  onSignals(): void {
    const stop = () => {
      if (process.exitCode === 130) return;
      process.exitCode = 130;
      console.log('\nstopping ...');
      void this.run().finally(() => process.exit());
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    endWithNpm(stop);
  }

  private async endEverything(): Promise<void> {
    for (let next = this.steps.pop(); next; next = this.steps.pop()) await attempt(next);
    // Children that were starting when the signal came. All of them are ours.
    signalAll(descendantsOf(process.pid), 'SIGKILL');
  }
}

async function attempt(step: () => unknown): Promise<void> {
  try {
    await step();
  } catch (error) {
    console.error(`cleaning up: ${(error as Error).message}`);
  }
}
