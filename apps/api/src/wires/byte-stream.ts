import { Readable } from 'node:stream';

const ENOUGH_BUFFERED = 64 * 1024;

/** Bytes for one reader, no faster than it reads. */
export class ByteStream extends Readable {
  private waiting: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: ENOUGH_BUFFERED });
  }

  /** @returns a promise that resolves when there is room for more, or the reader is gone; undefined: there is room */
  send(bytes: Buffer): Promise<void> | undefined {
    if (this.destroyed || this.push(bytes)) return undefined;
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  /** Ends the stream after the buffered bytes are sent. */
  end(): void {
    if (!this.destroyed) this.push(null);
  }

  override _read(): void {
    this.release();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.release();
    done(error);
  }

  private release(): void {
    this.waiting?.();
    this.waiting = undefined;
  }
}
