/**
 * Runs work when it is asked for, one run at a time: who asks during a run gets one more after it, however many ask. A
 * run that fails is reported and forgotten.
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
