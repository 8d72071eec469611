import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { MAX_LATE_MS } from '#libs/privacy/personal-data.js';
import type { Invocation } from '../invocation.js';
import { JournalFolder } from './journal-folder.js';
import { decodeRecords, encodeRecord } from './journal-records.js';

type Settings = Pick<
  Env,
  'USAGE_DURABILITY' | 'USAGE_JOURNAL_DIR' | 'USAGE_JOURNAL_BYTES' | 'DATABASE_URL' | 'DATABASE_SCHEMA'
>;

/** File of the journal. It is removed when PostgreSQL has all its calls and no more are added. */
export interface Segment {
  readonly path: string;
  bytes: number;
  /** Calls that PostgreSQL does not have. */
  waiting: number;
  /** True: another process took it over, and records its calls. */
  isLost: boolean;
}

interface OpenSegment extends Segment {
  file: number;
  openedAt: number;
}

const SEGMENT_BYTES = 1_048_576;
/** Upper bound of the time that a recorded call stays on the disk of an instance with traffic. */
const SEGMENT_MS = 10_000;
/** Share of the bytes that is kept free for calls in progress when the last one is admitted. */
const KEPT_FREE = 0.1;

/**
 * Keeps calls on the local disk until PostgreSQL has them, so that a killed process loses none. A record is in the page
 * cache of the operating system when `append` returns: it survives the process, not the machine.
 * See docs/adr/0044-keep-calls-in-a-local-journal.md.
 */
@Injectable()
export class UsageJournal {
  private readonly logger = new Logger('UsageJournal');
  /** True: every call is kept here before it is answered; false: only those that PostgreSQL does not take in time. */
  readonly isFirst: boolean;
  /** Counts since the start, for the metrics. */
  readonly counts = { replayed: 0, torn: 0, expired: 0, failedWrites: 0 };
  private readonly root: string;
  private readonly database: string;
  private readonly maxBytes: number;
  private readonly segments = new Set<Segment>();
  private folder: JournalFolder | undefined;
  private current: OpenSegment | undefined;

  constructor(@Inject(ENV) settings: Settings) {
    this.isFirst = settings.USAGE_DURABILITY === 'journal';
    this.root = resolve(settings.USAGE_JOURNAL_DIR);
    this.maxBytes = settings.USAGE_JOURNAL_BYTES;
    this.database = `${new URL(settings.DATABASE_URL).pathname.slice(1)}/${settings.DATABASE_SCHEMA}`;
  }

  /** Makes the folder. @throws Error if `USAGE_DURABILITY=journal` and it cannot be written; else calls wait in memory */
  open(): void {
    const folder = new JournalFolder(this.root, this.database);
    try {
      folder.make();
      this.folder = folder;
    } catch (error) {
      const { code } = error as { code?: string };
      const message = `USAGE_JOURNAL_DIR ${this.root} cannot be written (${code}): set it to a folder that this process may write`;
      if (this.isFirst) throw new Error(message);
      this.logger.warn(`${message}; until then a kill loses the calls that wait for PostgreSQL`);
    }
  }

  get bytes(): number {
    let total = 0;
    for (const { bytes } of this.segments) total += bytes;
    return total;
  }

  /** Number of calls that wait here for PostgreSQL. */
  get waiting(): number {
    let total = 0;
    for (const { waiting } of this.segments) total += waiting;
    return total;
  }

  /** True: there is no room for the call of a new request. */
  get isFull(): boolean {
    return this.bytes > this.maxBytes * (1 - KEPT_FREE);
  }

  /** @returns the segment that has the call; undefined: it could not be written, or there is no room */
  append(call: Invocation): Segment | undefined {
    if (!this.folder || this.bytes >= this.maxBytes) return undefined;
    try {
      const segment = this.writable(this.folder);
      write(segment, encodeRecord(call));
      segment.waiting += 1;
      return segment;
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  /** PostgreSQL has, or refuses for good, a call of this segment. */
  settle(segment: Segment): void {
    segment.waiting -= 1;
    this.removeIfDone(segment);
  }

  /**
   * Shows others that this process runs, and closes a segment that is old, so that names of people leave the disk.
   * @returns false: another process took this one for gone. Calls that wait must be appended again.
   */
  maintain(now: Date): boolean {
    if (this.current && now.getTime() - this.current.openedAt > SEGMENT_MS) this.closeCurrent();
    if (!this.folder || this.folder.showLife(now)) return true;
    this.logger.warn(
      'the journal of calls was taken over while this process did not run; it continues in a new one',
    );
    for (const segment of this.segments) segment.isLost = true;
    this.closeCurrent();
    this.segments.clear();
    this.folder = undefined;
    this.open();
    return false;
  }

  /** Takes over the segments of processes that have vanished. @returns their paths */
  takeOver(now: Date): Segment[] {
    const paths = this.folder?.takeOver(now) ?? [];
    return paths.map((path) => {
      const segment = { path, bytes: statSync(path).size, waiting: 0, isLost: false };
      this.segments.add(segment);
      return segment;
    });
  }

  /**
   * Reads the calls of a segment that was taken over. Damaged ones are skipped and counted, as are those which are so
   * old that an erasure of their people is not known any more.
   */
  read(segment: Segment, now: Date): Invocation[] {
    const { values, torn } = decodeRecords(readFileSync(segment.path));
    const calls = values.filter(isCall).map(callOf);
    const recent = calls.filter(({ startedAt }) => now.getTime() - startedAt.getTime() < MAX_LATE_MS);
    const expired = calls.length - recent.length;
    if (torn > 0)
      this.logger.error(
        `${torn} damaged records of calls were skipped: each is a call, or an end that was cut off`,
      );
    if (expired > 0)
      this.logger.error(`${expired} calls of the journal are older than 30 days and are not recorded`);
    this.counts.torn += torn;
    this.counts.expired += expired;
    this.counts.replayed += recent.length;
    segment.waiting = recent.length;
    this.removeIfDone(segment);
    return recent;
  }

  /** Leaves what waits for the next process. */
  close(): void {
    this.closeCurrent();
    this.folder?.leave();
    this.folder = undefined;
  }

  private writable(folder: JournalFolder): OpenSegment {
    if (this.current && this.current.bytes >= SEGMENT_BYTES) this.closeCurrent();
    if (this.current) return this.current;
    this.current = begin(folder);
    this.segments.add(this.current);
    return this.current;
  }

  private closeCurrent(): void {
    const closed = this.current;
    this.current = undefined;
    if (!closed) return;
    closeSync(closed.file);
    this.removeIfDone(closed);
  }

  private removeIfDone(segment: Segment): void {
    if (segment.waiting > 0 || segment === this.current) return;
    this.segments.delete(segment);
    if (!segment.isLost) rmSync(segment.path, { force: true });
  }

  /** Logs the first of many failures. */
  private failed(error: unknown): void {
    const { code } = error as { code?: string };
    if (this.counts.failedWrites === 0)
      this.logger.error(`calls cannot be written to the journal in ${this.root} (${code})`);
    this.counts.failedWrites += 1;
  }
}

/** Makes a segment with its first record. Nothing is left of one that cannot be written. */
function begin(folder: JournalFolder): OpenSegment {
  const path = folder.newSegment();
  const file = openSync(path, 'wx', 0o600);
  const segment = { path, file, bytes: 0, waiting: 0, isLost: false, openedAt: Date.now() };
  try {
    write(segment, folder.head());
    return segment;
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
}

/** Writes a record behind the last whole one: what a failed write left is overwritten. */
function write(segment: OpenSegment, record: Buffer): void {
  const written = writeSync(segment.file, record, 0, record.length, segment.bytes);
  if (written < record.length) throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
  segment.bytes += written;
}

/** A call in JSON. */
type StoredCall = Omit<Invocation, 'startedAt'> & { startedAt: string };

/** The first record of a segment is no call. */
const isCall = (record: unknown): record is StoredCall =>
  (record as Partial<StoredCall>).startedAt !== undefined;

const callOf = (call: StoredCall): Invocation => ({ ...call, startedAt: new Date(call.startedAt) });
