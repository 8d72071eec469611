import type { Timeline } from './timeline.js';

interface Waiting {
  serviceMs: number;
  done: () => void;
}

/** First come, first served, by so many servers. */
export class Station {
  /** Work that was asked for, in ms, whether it was done or waits. */
  offeredMs = 0;
  private readonly queue = new Queue<Waiting>();
  private busy = 0;

  constructor(
    private readonly timeline: Timeline,
    readonly servers: number,
  ) {}

  serve(serviceMs: number, done: () => void): void {
    this.offeredMs += serviceMs;
    this.queue.add({ serviceMs, done });
    this.begin();
  }

  private begin(): void {
    if (this.busy === this.servers) return;
    const next = this.queue.take();
    if (!next) return;
    this.busy += 1;
    this.timeline.after(next.serviceMs, () => {
      this.busy -= 1;
      this.begin();
      next.done();
    });
  }
}

/** A disk that one flush at a time writes to. Every commit that waits when a flush begins is part of it. */
export class GroupCommit {
  /** Flushes that began, and the commits that they wrote. */
  readonly counts = { flushes: 0, commits: 0 };
  private waiting: (() => void)[] = [];
  private isFlushing = false;

  constructor(
    private readonly timeline: Timeline,
    private readonly flushMs: number,
  ) {}

  commit(done: () => void): void {
    this.waiting.push(done);
    this.flush();
  }

  private flush(): void {
    if (this.isFlushing || this.waiting.length === 0) return;
    const group = this.waiting;
    this.waiting = [];
    this.isFlushing = true;
    this.counts.flushes += 1;
    this.counts.commits += group.length;
    this.timeline.after(this.flushMs, () => {
      this.isFlushing = false;
      this.flush();
      for (const done of group) done();
    });
  }
}

/** Places that are taken and given back: connections of a pool, calls of models under way. */
export class Places {
  private free: number;
  private readonly queue = new Queue<() => void>();

  constructor(count: number) {
    this.free = count;
  }

  /** Waits for a place. */
  take(taken: () => void): void {
    if (this.takeNow()) taken();
    else this.queue.add(taken);
  }

  /** @returns false: none is free */
  takeNow(): boolean {
    if (this.free === 0) return false;
    this.free -= 1;
    return true;
  }

  giveBack(): void {
    const next = this.queue.take();
    if (next) next();
    else this.free += 1;
  }
}

/** Takes from the front without moving the rest. */
class Queue<T> {
  private items: T[] = [];
  private first = 0;

  add(item: T): void {
    this.items.push(item);
  }

  take(): T | undefined {
    if (this.first === this.items.length) return undefined;
    const item = this.items[this.first++];
    if (this.first > 1_024 && this.first * 2 > this.items.length) {
      this.items = this.items.slice(this.first);
      this.first = 0;
    }
    return item;
  }
}
