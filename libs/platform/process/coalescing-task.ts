/**
 * Runs work on request, one run at a time: all requests during a run get one more run after it. A failed run is
 * reported and not retried.
 */
export class CoalescingTask {
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly work: () => Promise<unknown>,
    private readonly failed: (error: Error) => void,
  ) {}

  trigger(): void {
    if (this.running !== undefined) {
      this.again = true;
      return;
    }
    this.running = this.run();
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      await this.work().catch(this.failed);
    } while (this.again);
    this.running = undefined;
  }
}
