import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from 'vitest';
import { identityOf } from '#libs/platform/process/process-identity.js';
import { anInvocation } from '../../../test/support/invocation-fixture.js';
import { journalSettings } from '../../../test/support/journal-settings.js';
import { type Segment, UsageJournal } from './usage-journal.js';

const NOW = new Date();
const later = (ms: number) => new Date(Date.now() + ms);

let settings: ReturnType<typeof journalSettings>;
beforeEach(() => {
  Logger.overrideLogger(false);
  settings = journalSettings();
});

function opened(changes: Partial<typeof settings> = {}): UsageJournal {
  const journal = new UsageJournal({ ...settings, ...changes });
  journal.open();
  return journal;
}
const folders = () => readdirSync(settings.USAGE_JOURNAL_DIR);
const segments = () =>
  folders().flatMap((folder) =>
    readdirSync(join(settings.USAGE_JOURNAL_DIR, folder)).filter((name) => name.endsWith('.journal')),
  );
const onlyFolder = () => join(settings.USAGE_JOURNAL_DIR, folders()[0]!);
const onlySegment = () => join(onlyFolder(), segments()[0]!);
const readAll = (journal: UsageJournal, taken: Segment[]) =>
  taken.flatMap((segment) => journal.read(segment, NOW));
/** The folder looks as if its process had been killed long ago. */
const silence = () => utimesSync(join(onlyFolder(), 'owner'), later(-61_000), later(-61_000));

describe('the journal', () => {
  it('has the calls that were appended, in their order, in files that only this account reads', () => {
    const calls = [anInvocation(), anInvocation({ userId: 'Zoë', forms: ['tools'] })];
    const journal = opened();
    for (const call of calls) journal.append(call);
    expect(journal.waiting).toBe(2);
    expect(journal.bytes).toBe(readFileSync(onlySegment()).length);
    journal.close();
    const next = opened();
    expect(readAll(next, next.takeOver(NOW))).toEqual(calls);
    expect(next.counts).toMatchObject({ replayed: 2, torn: 0, expired: 0 });
  });

  it('keeps a segment until PostgreSQL has all its calls and it is closed', () => {
    const journal = opened();
    const [one, other] = [journal.append(anInvocation())!, journal.append(anInvocation())!];
    journal.maintain(later(10_001));
    journal.settle(one);
    expect(segments()).toHaveLength(1);
    journal.settle(other);
    expect(segments()).toEqual([]);
    expect([journal.bytes, journal.waiting]).toEqual([0, 0]);
    journal.settle(journal.append(anInvocation())!);
    journal.maintain(later(9_000));
    expect(segments()).toHaveLength(1);
    journal.maintain(later(11_000));
    expect(segments()).toEqual([]);
  });

  it('begins another segment after a megabyte', () => {
    const journal = opened();
    const large = anInvocation({ requestId: 'r'.repeat(600_000) });
    for (let call = 0; call < 3; call += 1) journal.append(large);
    expect(segments()).toHaveLength(2);
  });

  it('takes no call over its limit', () => {
    const journal = opened({ USAGE_JOURNAL_BYTES: 2_000 });
    let taken = 0;
    while (journal.append(anInvocation())) taken += 1;
    expect(taken).toBeGreaterThan(1);
    expect(journal.bytes).toBeGreaterThanOrEqual(2_000);
    expect(journal.isFull).toBe(true);
  });

  it('leaves no folder when it has nothing to keep', () => {
    const journal = opened();
    journal.settle(journal.append(anInvocation())!);
    journal.close();
    expect(folders()).toEqual([]);
  });
});

describe('a folder that cannot be written', () => {
  const withFile = () => {
    const path = join(settings.USAGE_JOURNAL_DIR, 'file');
    writeFileSync(path, '');
    return { USAGE_JOURNAL_DIR: join(path, 'journal') };
  };

  it('stops the start where every call must be in the journal', () => {
    expect(() => opened({ ...withFile(), USAGE_DURABILITY: 'journal' })).toThrow(
      /USAGE_JOURNAL_DIR .*file\/journal cannot be written \(ENOTDIR\): set it to a folder that this process may write/,
    );
  });

  it('leaves calls in memory otherwise', () => {
    const journal = opened(withFile());
    expect(journal.append(anInvocation())).toBeUndefined();
    expect(journal.maintain(NOW)).toBe(true);
    expect(journal.takeOver(NOW)).toEqual([]);
  });

  it('is counted where it was good at the start', () => {
    const journal = opened();
    rmSync(onlyFolder(), { recursive: true });
    expect(journal.append(anInvocation())).toBeUndefined();
    expect(journal.counts.failedWrites).toBe(1);
  });
});

describe('segments of another process', () => {
  it('are left alone while it runs', () => {
    opened().append(anInvocation());
    expect(opened().takeOver(NOW)).toEqual([]);
  });

  it('are taken over when it shows no life for a minute, by one process only', () => {
    const owner = opened();
    const call = anInvocation();
    owner.append(call);
    silence();
    const [one, other] = [opened(), opened()];
    const [first, second] = [one.takeOver(NOW), other.takeOver(NOW)];
    expect([readAll(one, first), readAll(other, second)]).toEqual([[call], []]);
    one.settle(first[0]!);
    expect(segments()).toEqual([]);
  });

  it('are taken over immediately when it has ended on this machine', () => {
    opened().append(anInvocation());
    const [boot, pids, pid, start] = identityOf(process.pid)!.split(' ');
    writeFileSync(join(onlyFolder(), 'owner'), [boot, pids, pid, Number(start) - 1].join(' '));
    expect(opened().takeOver(NOW)).toHaveLength(1);
  });

  it('are taken over from the process that took them over and vanished', () => {
    const call = anInvocation();
    opened().append(call);
    silence();
    const second = opened();
    second.takeOver(NOW);
    second.close();
    const third = opened();
    expect(readAll(third, third.takeOver(NOW))).toEqual([call]);
  });

  it('are read as far as they are whole', () => {
    const calls = [anInvocation(), anInvocation()];
    const journal = opened();
    for (const call of calls) journal.append(call);
    appendFileSync(onlySegment(), readFileSync(onlySegment()).subarray(-100));
    journal.close();
    const next = opened();
    expect(readAll(next, next.takeOver(NOW))).toEqual(calls);
    expect(next.counts).toMatchObject({ replayed: 2, torn: 1 });
  });

  it('are removed when nothing in them can be read', () => {
    opened().append(anInvocation());
    writeFileSync(onlySegment(), '');
    silence();
    const next = opened();
    expect(readAll(next, next.takeOver(NOW))).toEqual([]);
    expect(segments()).toEqual([]);
  });

  it('are not recorded when they are so old that an erasure would not be known', () => {
    const day = 86_400_000;
    const [old, recent] = [30 * day, 30 * day - 60_000].map((age) =>
      anInvocation({ startedAt: new Date(NOW.getTime() - age) }),
    );
    const journal = opened();
    journal.append(old!);
    journal.append(recent!);
    journal.close();
    const next = opened();
    expect(readAll(next, next.takeOver(NOW))).toEqual([recent]);
    expect(next.counts).toMatchObject({ replayed: 1, expired: 1 });
  });

  it('are left alone when they are for another database', () => {
    const journal = opened({ DATABASE_URL: 'postgres://127.0.0.1/another' });
    journal.append(anInvocation());
    journal.close();
    expect(opened().takeOver(NOW)).toEqual([]);
    expect(segments()).toHaveLength(1);
    expect(opened({ DATABASE_URL: 'postgres://db.example.com/another' }).takeOver(NOW)).toHaveLength(1);
  });

  it('are the only thing that is touched in the folder', () => {
    mkdirSync(join(settings.USAGE_JOURNAL_DIR, 'lost+found'));
    opened().takeOver(NOW);
    expect(folders()).toContain('lost+found');
  });
});

describe('a process that did not run for a minute', () => {
  it('notices that another one took its segments over, and begins again', () => {
    const frozen = opened();
    const segment = frozen.append(anInvocation())!;
    silence();
    const other = opened();
    const taken = other.takeOver(NOW);
    expect(frozen.maintain(NOW)).toBe(false);
    expect(segment.isLost).toBe(true);
    frozen.settle(segment);
    expect(readAll(other, taken)).toHaveLength(1);
    expect(frozen.append(anInvocation())).toMatchObject({ isLost: false, waiting: 1 });
    expect(frozen.maintain(NOW)).toBe(true);
  });
});
