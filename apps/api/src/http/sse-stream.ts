import { Readable } from 'node:stream';

/** Buffered bytes of a reader above which it gets no more missed events, and above which it is disconnected. */
const ENOUGH_BUFFERED = 16 * 1024;
const MAX_BUFFERED_BYTES = 128 * 1024;
/** Heartbeats in a row at which a reader has not taken everything, before it is disconnected. */
const MAX_BEATS_BEHIND = 3;

/** Server-Sent Events for one reader. A reader that does not keep up is disconnected, unless the sender waits for it. */
export class SseStream extends Readable {
  private waiting: (() => void) | undefined;
  private beatsBehind = 0;
  private hasEnded = false;

  /** @param retryMs pause before the reader reconnects; without it, the stream cannot be continued */
  constructor(retryMs?: number) {
    super({ highWaterMark: ENOUGH_BUFFERED });
    // A first line makes the headers leave before there is an event.
    this.push(retryMs === undefined ? ':\n\n' : `retry: ${retryMs}\n\n`);
  }

  /** @param id position from which a reconnecting reader continues; null: the event is sent again after a reconnect */
  event(name: string, id: number | null, data: string): void {
    this.write(`event: ${name}\n${id === null ? '' : `id: ${id}\n`}data: ${data}\n\n`);
  }

  /**
   * Keeps proxies from closing an idle connection, and disconnects a reader that is behind at several heartbeats.
   * Sends an event, not a comment: a browser passes only events to its page, which can so detect a frozen
   * api.
   */
  beat(): void {
    this.beatsBehind = this.readableLength > 0 ? this.beatsBehind + 1 : 0;
    if (this.beatsBehind >= MAX_BEATS_BEHIND) this.destroy();
    else this.event('heartbeat', null, '{}');
  }

  /** Ends the stream after the buffered events are sent. */
  end(): void {
    if (this.destroyed || this.hasEnded) return;
    this.hasEnded = true;
    this.push(null);
  }

  /** Resolves when there is room for more, or the reader is gone; undefined: there is room. */
  drained(): Promise<void> | undefined {
    if (this.readableLength < ENOUGH_BUFFERED || this.destroyed) return undefined;
    return new Promise((resolve) => {
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
