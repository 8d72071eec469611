import { Readable } from 'node:stream';

/** In bytes: what waits for a reader before it is given more of what it missed, and before it is cut off. */
const ENOUGH_BUFFERED = 16 * 1024;
const MAX_BUFFERED_BYTES = 128 * 1024;

/** Server-Sent Events for one reader. One that does not keep up is cut off: it can come back and go on. */
export class SseStream extends Readable {
  private waiting: (() => void) | undefined;
  private wasBehind = false;
  private hasEnded = false;

  /** @param retryMs after which pause the reader is to come back */
  constructor(retryMs: number) {
    super({ highWaterMark: ENOUGH_BUFFERED });
    this.push(`retry: ${retryMs}\n\n`);
  }

  /** @param id where the reader goes on when it comes back; null: of something that is told anew then */
  event(name: string, id: number | null, data: string): void {
    this.write(`event: ${name}\n${id === null ? '' : `id: ${id}\n`}data: ${data}\n\n`);
  }

  /**
   * Keeps proxies from taking silence for the end, and finds readers that have taken nothing since the last beat. An event
   * and no comment: a browser passes only events to its page, so that the page can tell a frozen api from a quiet one.
   */
  beat(): void {
    const isBehind = this.readableLength > 0;
    if (isBehind && this.wasBehind) this.destroy();
    else this.event('heartbeat', null, '{}');
    this.wasBehind = isBehind;
  }

  /** The last word: what waits is still sent. */
  end(): void {
    if (this.destroyed || this.hasEnded) return;
    this.hasEnded = true;
    this.push(null);
  }

  /** Resolves when there is room for more, or nobody reads any more. */
  async drained(): Promise<void> {
    if (this.readableLength < ENOUGH_BUFFERED || this.destroyed) return;
    await new Promise<void>((resolve) => {
      this.waiting = resolve;
    });
  }

  override _read(): void {
    this.release();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.release();
    done(error);
  }

  private write(text: string): void {
    if (this.destroyed || this.hasEnded) return;
    if (this.readableLength > MAX_BUFFERED_BYTES) this.destroy();
    else this.push(text);
  }

  private release(): void {
    this.waiting?.();
    this.waiting = undefined;
  }
}
