import { randomUUID } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { hasEnded, identityOf } from '#libs/platform/process/process-identity.js';
import { decodeRecords, encodeRecord } from './journal-records.js';

const OWNER = 'owner';
const SEGMENT = /\.journal$/;
const FOLDER = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** Without a sign of life for this time, a process that cannot be looked up is gone. */
const SILENT_MS = 60_000;
/** Enough for the first record of a segment. */
const HEAD_BYTES = 512;

/**
 * Folder of one process, among those of all that share a disk. A process shows that it runs by the time of its folder.
 * The segments of one that has vanished are moved, one by one, into the folder of the process that finds them.
 */
export class JournalFolder {
  private readonly id = randomUUID();
  readonly path: string;

  /** @param database name of the database that the calls are for: those for another one are left alone */
  constructor(
    private readonly root: string,
    private readonly database: string,
  ) {
    this.path = join(root, this.id);
  }

  /** Makes the folder. It appears with the name of its owner in it, so that nobody finds one without. */
  make(): void {
    const unfinished = join(this.root, `.${this.id}`);
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
    writeFileSync(join(unfinished, OWNER), identityOf(process.pid) ?? '');
    renameSync(unfinished, this.path);
  }

  /** First record of each segment. */
  head(): Buffer {
    return encodeRecord({ format: 1, database: this.database });
  }

  /** Returns a path that no segment has. */
  newSegment(): string {
    return join(this.path, `${randomUUID()}.journal`);
  }

  /** Shows that this process runs. @returns false: others took this process for gone, and its segments with it */
  showLife(now: Date): boolean {
    try {
      utimesSync(join(this.path, OWNER), now, now);
      return true;
    } catch {
      return false;
    }
  }

  /** Gives the folder up: segments that are left in it are for the next process that finds them. */
  leave(): void {
    rmSync(join(this.path, OWNER), { force: true });
    removeIfEmpty(this.path);
  }

  /** Moves the segments of vanished processes here. @returns their paths */
  takeOver(now: Date): string[] {
    const taken: string[] = [];
    for (const other of this.others()) {
      if (!this.hasVanished(other, now)) continue;
      for (const segment of segmentsIn(join(this.root, other))) taken.push(...this.take(other, segment));
      if (segmentsIn(join(this.root, other)).length > 0) continue;
      rmSync(join(this.root, other, OWNER), { force: true });
      removeIfEmpty(join(this.root, other));
    }
    return taken;
  }

  private others(): string[] {
    try {
      return readdirSync(this.root).filter((name) => FOLDER.test(name) && name !== this.id);
    } catch {
      return [];
    }
  }

  private hasVanished(other: string, now: Date): boolean {
    const owner = join(this.root, other, OWNER);
    try {
      const identity = readFileSync(owner, 'utf8');
      if (identity !== '' && hasEnded(identity)) return true;
      return now.getTime() - statSync(owner).mtimeMs > SILENT_MS;
    } catch {
      return true;
    }
  }

  private take(other: string, segment: string): string[] {
    const from = join(this.root, other, segment);
    const to = this.newSegment();
    try {
      if ((databaseOf(from) ?? this.database) !== this.database) return [];
      renameSync(from, to);
      return [to];
    } catch {
      // Another process was faster.
      return [];
    }
  }
}

function segmentsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => SEGMENT.test(name));
  } catch {
    return [];
  }
}

/** Reads which database a segment is for. @returns undefined: its first record is torn */
function databaseOf(segment: string): string | undefined {
  const head = Buffer.alloc(HEAD_BYTES);
  const file = openSync(segment, 'r');
  try {
    const length = readSync(file, head);
    const [first] = decodeRecords(head.subarray(0, length)).values as { database?: string }[];
    return first?.database;
  } finally {
    closeSync(file);
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something is left in it, or it is gone.
  }
}
