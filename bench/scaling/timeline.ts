interface Entry {
  at: number;
  order: number;
  run: () => void;
}

/** Simulated time: it passes from one event to the next. Events of the same time run in the order in which they came. */
export class Timeline {
  now = 0;
  private readonly heap: Entry[] = [];
  private order = 0;

  after(ms: number, run: () => void): void {
    this.heap.push({ at: this.now + ms, order: this.order++, run });
    this.riseFrom(this.heap.length - 1);
  }

  /** Runs every event up to a time. */
  runUntil(end: number): void {
    for (let next = this.heap[0]; next && next.at <= end; next = this.heap[0]) {
      this.now = next.at;
      this.removeFirst();
      next.run();
    }
    this.now = end;
  }

  private riseFrom(index: number): void {
    for (let child = index; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.isEarlier(child, parent)) return;
      this.exchange(child, parent);
      child = parent;
    }
  }

  private removeFirst(): void {
    const last = this.heap.pop()!;
    if (this.heap.length === 0) return;
    this.heap[0] = last;
    for (let parent = 0; ; ) {
      const earliest = this.earliestOf(parent);
      if (earliest === parent) return;
      this.exchange(parent, earliest);
      parent = earliest;
    }
  }

  private earliestOf(parent: number): number {
    let earliest = parent;
    for (const child of [2 * parent + 1, 2 * parent + 2])
      if (child < this.heap.length && this.isEarlier(child, earliest)) earliest = child;
    return earliest;
  }

  private isEarlier(one: number, other: number): boolean {
    const [a, b] = [this.heap[one]!, this.heap[other]!];
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  private exchange(one: number, other: number): void {
    [this.heap[one], this.heap[other]] = [this.heap[other]!, this.heap[one]!];
  }
}
