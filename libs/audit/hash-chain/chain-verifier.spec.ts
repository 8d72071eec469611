import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ChainProblem, ChainVerifier, type EntryWithRow } from './chain-verifier.js';
import { type Checkpoint, CheckpointKeys } from './checkpoint.js';
import { ErasedRows } from './erased-rows.js';
import { appendToChain, commitmentTo, GENESIS } from './hash-chain.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const PRIVATE = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
const PUBLIC = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const signer = new CheckpointKeys({ privateKey: PRIVATE, publicKeys: [] });
const nobody = new CheckpointKeys({ publicKeys: [] });
const SEALED_AT = new Date('2026-11-22T12:00:00Z');
const P = 'erased:0f65fe52-ee92-4322-a07f-019077eae246';

const rowOf = (id: string) => ({
  kind: 'switch' as const,
  format: 1,
  subjectId: id,
  facts: [id, 'conversation'] as (string | null)[],
  person: ['anna', 'user:anna', null, 'Cost', 'Upgraded', 'r-1'] as (string | null)[],
});

/** Three sealed rows; the last entry is a checkpoint. */
function aChain(keys = nobody): EntryWithRow[] {
  const rows = ['a1', 'a2', 'a3'].map(rowOf);
  return appendToChain({ position: 0, hash: GENESIS }, rows).map((entry, index) => ({
    ...entry,
    row: { facts: rows[index]!.facts, person: rows[index]!.person },
    event: null,
    checkpoint: index === 2 ? checkpointAt(entry, keys) : null,
  }));
}

function checkpointAt(
  { position, hash }: Pick<EntryWithRow, 'position' | 'hash'>,
  keys: CheckpointKeys,
): Checkpoint {
  const made = { position, hash, sealedAt: SEALED_AT };
  return { ...made, signature: keys.signatureFor(made) };
}

interface Checked {
  problems: [code: string, position: number | null, switchId: string | null][];
  details: string[];
  last: Checkpoint | null;
  verifier: ChainVerifier;
}

function checked(
  entries: EntryWithRow[],
  {
    keys = nobody,
    kept,
    erased = new ErasedRows([]),
  }: { keys?: CheckpointKeys; kept?: Checkpoint; erased?: ErasedRows } = {},
): Checked {
  const check = new ChainVerifier(keys, erased, kept);
  for (const entry of entries) check.follow(entry);
  const last = check.finish();
  const problems = check.problems.map(
    ({ code, position, switchId }: ChainProblem): Checked['problems'][number] => [code, position, switchId],
  );
  return { problems, details: check.problems.map(({ detail }) => detail), last, verifier: check };
}

/** The chain with one entry changed. */
const changed = (at: number, changes: Partial<EntryWithRow>, entries = aChain()) =>
  entries.map((entry, index) => (index === at ? { ...entry, ...changes } : entry));

describe('a chain', () => {
  it('without a fault has no problem, and its last checkpoint is known', () => {
    const entries = aChain();
    const { problems, last, verifier: check } = checked(entries);
    expect(problems).toEqual([]);
    expect(last).toEqual({ ...entries[2]!.checkpoint, position: 3, hash: entries[2]!.hash });
    expect(check).toMatchObject({
      checked: 3,
      problemCount: 0,
      checkpoints: { total: 1, signed: 0, signedFrom: null },
    });
  });

  it('without an entry has no checkpoint', () => {
    const { problems, last, verifier: check } = checked([]);
    expect([problems, last, check.checked]).toEqual([[], null, 0]);
  });

  it.each<[what: string, entries: EntryWithRow[], at: number]>([
    ['a fact', changed(1, { row: { facts: ['a2', 'use_case'], person: rowOf('a2').person } }), 2],
    ['a person', changed(0, { row: { facts: rowOf('a1').facts, person: ['berta'] } }), 1],
    ['a commitment', changed(1, { commitment: Buffer.alloc(32) }), 2],
    ['a salt', changed(1, { salt: Buffer.alloc(16) }), 2],
    ['a commitment that is gone', changed(1, { commitment: null }), 2],
  ])('shows the row of which %s was changed', (_, entries, at) => {
    const { problems, details } = checked(entries);
    expect(problems).toEqual([['row_changed', at, `a${at}`]]);
    expect(details).toEqual(['the row or its entry changed after the append']);
  });

  it('shows a row that is gone, and follows on behind it', () => {
    const { problems, details } = checked(changed(1, { row: null }));
    expect(problems).toEqual([['row_missing', 2, 'a2']]);
    expect(details).toEqual(['the row has an entry and is missing']);
  });

  it('shows an event that is not what its row says, but for a row that was changed itself', () => {
    expect(checked(changed(1, { event: 'changed' }))).toMatchObject({
      problems: [['event_changed', 2, 'a2']],
      details: ['the event differs from the row'],
    });
    expect(checked(changed(1, { event: 'missing' }))).toMatchObject({
      problems: [['event_missing', 2, 'a2']],
      details: ['the event of the row is missing'],
    });
    expect(checked(changed(1, { event: 'changed', salt: Buffer.alloc(16) })).problems).toEqual([
      ['row_changed', 2, 'a2'],
    ]);
  });

  it('shows an entry that is gone', () => {
    const [first, , third] = aChain();
    expect(checked([first!, third!])).toMatchObject({
      problems: [['entry_missing', 2, null]],
      details: ['entry 2 is missing from the chain'],
    });
    expect(checked([third!]).details).toEqual(['entries 1 to 2 are missing from the chain']);
  });

  it('is compared again behind a gap', () => {
    const [first, ...rest] = changed(2, { row: { facts: ['a3', 'use_case'], person: rowOf('a3').person } });
    expect(checked(rest).problems).toEqual([
      ['entry_missing', 1, null],
      ['row_changed', 3, 'a3'],
    ]);
    expect(first!.position).toBe(1);
  });

  it('shows a commitment that is gone behind a gap, where hashes cannot be compared', () => {
    const [, ...rest] = changed(1, { commitment: null });
    expect(checked(rest).problems).toEqual([
      ['entry_missing', 1, null],
      ['row_changed', 2, 'a2'],
    ]);
  });

  it('names the first hundred problems and counts all', () => {
    const check = new ChainVerifier(nobody, new ErasedRows([]));
    for (let position = 1; position <= 101; position++)
      check.add({ code: 'row_not_sealed', position, switchId: null, detail: '' });
    expect([check.problemCount, check.problems.length, check.problems.at(-1)!.position]).toEqual([
      101, 100, 100,
    ]);
  });
});

describe('the end of a chain', () => {
  it('has a checkpoint', () => {
    const { problems, details, last } = checked(aChain().slice(0, 2));
    expect([problems, last]).toEqual([[['tail_cut', 2, null]], null]);
    expect(details).toEqual(['the chain ends at 2 without a checkpoint: later entries are missing']);
  });

  it('is not before the kept checkpoint', () => {
    const kept = checkpointAt({ position: 4, hash: Buffer.alloc(32) }, nobody);
    const { problems, details } = checked(aChain(), { kept });
    expect(problems).toEqual([['tail_cut', 3, null]]);
    expect(details).toEqual(['the chain ends at 3, but the kept checkpoint is at 4']);
  });
});

describe('a checkpoint that was kept', () => {
  it('is that of the chain', () => {
    const entries = aChain();
    expect(checked(entries, { kept: checkpointAt(entries[2]!, nobody) }).problems).toEqual([]);
  });

  it('shows a history that was written once more', () => {
    const kept = checkpointAt({ position: 2, hash: Buffer.alloc(32) }, nobody);
    const { problems, details } = checked(aChain(), { kept });
    expect(problems).toEqual([['history_rewritten', 2, null]]);
    expect(details).toEqual(['the chain up to this entry differs from the chain of the kept checkpoint']);
  });

  it('has a signature that is checked', () => {
    const entries = aChain(signer);
    const kept = { ...checkpointAt(entries[2]!, signer), sealedAt: new Date(0) };
    const { problems, details } = checked(entries, { keys: signer, kept });
    expect(problems).toEqual([['signature_invalid', 3, null]]);
    expect(details).toEqual(['the signature of the kept checkpoint is not valid']);
  });
});

describe('the signatures of a chain', () => {
  it('are valid, and counted', () => {
    const { problems, verifier: check } = checked(aChain(signer), { keys: signer });
    expect(problems).toEqual([]);
    expect(check.checkpoints).toEqual({ total: 1, signed: 1, signedFrom: 3 });
  });

  it('are counted from the first signed checkpoint on', () => {
    const entries = aChain(signer);
    const early = changed(0, { checkpoint: checkpointAt(entries[0]!, signer) }, entries);
    expect(checked(early, { keys: signer }).verifier.checkpoints).toEqual({
      total: 2,
      signed: 2,
      signedFrom: 1,
    });
    const unsigned = changed(0, { checkpoint: checkpointAt(entries[0]!, nobody) }, entries);
    expect(checked(unsigned, { keys: signer }).verifier.checkpoints).toEqual({
      total: 2,
      signed: 1,
      signedFrom: 3,
    });
  });

  it('are not checked without a key', () => {
    const entries = aChain(signer);
    const signature = { keyId: 'other', value: Buffer.alloc(64) };
    expect(checked(changed(2, { checkpoint: { sealedAt: SEALED_AT, signature } }, entries)).problems).toEqual(
      [],
    );
  });

  it('are invalid for another time', () => {
    const entries = aChain(signer);
    const checkpoint = { ...entries[2]!.checkpoint!, sealedAt: new Date(0) };
    const { problems, details } = checked(changed(2, { checkpoint }, entries), { keys: signer });
    expect(problems).toEqual([['signature_invalid', 3, null]]);
    expect(details).toEqual(['the signature of the checkpoint is not valid']);
  });

  it('are of a known key', () => {
    const other = new CheckpointKeys({ publicKeys: [PUBLIC] });
    const { privateKey } = generateKeyPairSync('ed25519');
    const stranger = new CheckpointKeys({
      privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      publicKeys: [],
    });
    const entries = aChain(stranger);
    const { problems, details } = checked(entries, { keys: other });
    expect(problems).toEqual([['key_unknown', 3, null]]);
    const { keyId } = entries[2]!.checkpoint!.signature!;
    expect(details).toEqual([
      `the checkpoint has a signature of ${keyId}, which is not in AUDIT_PUBLIC_KEYS`,
    ]);
  });

  it('are missed on the last checkpoint', () => {
    const { problems, details } = checked(aChain(nobody), { keys: signer });
    expect(problems).toEqual([['signature_missing', 3, null]]);
    expect(details).toEqual(['the last checkpoint is not signed']);
  });
});

describe('an erased row', () => {
  const person = [P, `user:${P}`, null, 'erased', 'erased', 'erased'];
  const facts = rowOf('a2').facts;

  it('has lost its salt, and is counted for its pseudonym', () => {
    const erased = new ErasedRows([]);
    const entries = changed(1, { salt: null, row: { facts, person } });
    expect(checked(entries, { erased }).problems).toEqual([]);
    expect(erased.total).toBe(1);
  });

  it('without a pseudonym was changed by hand', () => {
    const erased = new ErasedRows([]);
    const entries = changed(1, { salt: null, row: { facts, person: rowOf('a2').person } });
    expect(checked(entries, { erased }).problems).toEqual([['row_changed', 2, 'a2']]);
    expect(erased.total).toBe(0);
  });

  it('keeps its commitment, so that the chain holds', () => {
    const [, entry] = aChain();
    expect(entry!.commitment).toEqual(commitmentTo(rowOf('a2').person, entry!.salt!));
  });
});

it('follows rows that have nothing of a person', () => {
  const facts = ['e1', '12'];
  const [entry] = appendToChain({ position: 0, hash: GENESIS }, [
    { kind: 'erasure', format: 1, subjectId: 'e1', facts, person: null },
  ]);
  const sealed = {
    ...entry!,
    row: { facts, person: null },
    event: null,
    checkpoint: { sealedAt: SEALED_AT, signature: null },
  };
  expect(checked([sealed]).problems).toEqual([]);
});
