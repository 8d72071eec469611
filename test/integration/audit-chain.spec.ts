import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AuditChain, newSigningKey } from '../support/audit-chain.js';
import { insertSwitch, NOVA_LITE, SONNET } from '../support/switch-rows.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
let chain: AuditChain;
let kept: Record<string, unknown>;
beforeAll(async () => {
  system = await TestSystem.start({ overrides: { AUDIT_SIGNING_KEY: newSigningKey() } });
  chain = new AuditChain(system);
  await chain.writeTen();
  kept = await chain.newestCheckpoint();
  await chain.remember();
});
afterEach(() => chain.restore());
afterAll(() => system.close());

describe('untouched audit rows', () => {
  it('are intact, and the answer says what that is based on', async () => {
    const answer = await chain.verify(kept);
    expect(answer).toMatchObject({
      status: 200,
      intact: true,
      ...{ checked: 10, waiting: 0, problems: [], problemCount: 0, head: kept, signaturesChecked: true },
      checkpoints: { total: 2, signed: 2, signedFrom: 6 },
      progress: [{ checked: 10, of: 10 }],
    });
  });

  it('stay intact when more are written, sealed or not', async () => {
    await chain.write(2, 11);
    await chain.seal();
    await chain.write(1, 13);
    expect(await chain.verify(kept)).toMatchObject({ intact: true, checked: 12, waiting: 1 });
  });

  it('are listed by their checkpoints, newest first, page by page', async () => {
    const first = await system.get('/v1/audit/checkpoints?limit=1');
    expect(first.body).toMatchObject({ items: [{ position: 10 }], nextCursor: '10' });
    const second = await system.get('/v1/audit/checkpoints?limit=1&cursor=10');
    expect(second.body).toMatchObject({ items: [{ position: 6 }], nextCursor: null });
    expect(first.body.items[0].signature).toMatch(/^[\w+/]{86}==$/);
  });

  it('are verified by auditors only', async () => {
    const token = await system.key(['read', 'operate', 'admin']);
    expect(await system.call('POST', '/v1/audit/verify', {}, { token })).toMatchObject({ status: 403 });
    expect(await system.get('/v1/audit/checkpoints', { token })).toMatchObject({ status: 403 });
  });

  it('cannot be compared with what is no checkpoint', async () => {
    const bad = { ...kept, hash: 'abc', position: 0 };
    const { status, body } = await system.call('POST', '/v1/audit/verify', { checkpoint: bad });
    expect(status).toBe(400);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'checkpoint.position',
      'checkpoint.hash',
    ]);
  });
});

describe('the worker', () => {
  it('seals a row whose transaction commits after later ones were sealed', async () => {
    const { app } = system.environment;
    await app.query('BEGIN');
    await chain.write(1, 11, 'slow');
    await insertSwitch(
      system.environment.owner,
      { at: 'now()', user: 'u', conversation: 'fast', from: SONNET, to: NOVA_LITE, action: 'auto_switch' },
      1,
    );
    await chain.seal();
    await app.query('COMMIT');
    expect(await chain.verify()).toMatchObject({ intact: true, checked: 11, waiting: 1 });
    await chain.seal();
    expect(await chain.verify()).toMatchObject({ intact: true, checked: 12, waiting: 0 });
  });

  it('seals every row once, however many of them are at it', async () => {
    await chain.write(30, 11);
    await Promise.all(Array.from({ length: 6 }, () => chain.seal()));
    expect(await chain.verify(kept)).toMatchObject({ intact: true, checked: 40, waiting: 0 });
  });

  it('continues no chain that somebody else wrote: its signature would vouch for it', async () => {
    const refusing = async (...attack: string[]) => {
      await chain.attack(...attack);
      await chain.write(1, 11);
      await chain.seal();
      const { waiting } = await chain.verify();
      await chain.restore();
      return waiting;
    };
    expect(await refusing('UPDATE audit_seals SET key_id = NULL, signature = NULL WHERE position = 10')).toBe(
      1,
    );
    expect(await refusing("UPDATE audit_seals SET hash = sha256('x') WHERE position = 10")).toBe(1);
    expect(await refusing("UPDATE audit_seals SET key_id = 'another' WHERE position = 10")).toBe(1);
    expect(await refusing('DELETE FROM audit_seals WHERE position = 10')).toBe(1);
    expect(await refusing('SELECT 1')).toBe(0);
  });

  const forget = [
    'TRUNCATE audit_seals, audit_salts, audit_unsealed',
    `INSERT INTO audit_unsealed (kind, subject_id) SELECT 'switch', id FROM bedrock_model_switches ORDER BY seq`,
  ];
  const rewrite = ['bedrock_model_switches', 'switch_events'].map(
    (table) => `UPDATE ${table} SET reason = 'another' WHERE seq = 4`,
  );
  const waiting = async () => (await chain.verify()).waiting;

  it('without a key makes checkpoints that are not signed, and a key may come later, with a checkpoint that was kept', async () => {
    await chain.attack(...forget);
    await chain.sealWith(undefined);
    const unsigned = await chain.newestCheckpoint();
    expect(unsigned).toMatchObject({ position: 10, keyId: null, signature: null });
    await chain.write(1, 11);
    const settings = { AUDIT_CHECKPOINT: { position: 10, hash: Buffer.from(unsigned.hash, 'hex') } };
    await chain.worker(undefined, settings).appendWaiting();
    expect(await chain.verify()).toMatchObject({
      intact: true,
      checkpoints: { total: 2, signed: 1, signedFrom: 11 },
    });
  });

  it('with a key does not continue a chain that was rewritten and has no signatures', async () => {
    await chain.attack(...rewrite, ...forget);
    await chain.sealWith(undefined);
    await chain.write(1, 11);
    await chain.seal();
    expect([await waiting(), await chain.problems()]).toEqual([1, ['signature_missing 10']]);
  });

  it('that runs does not continue a chain that lacks what it has seen, also where it is signed', async () => {
    const running = chain.worker();
    await running.appendWaiting();
    await chain.attack(...rewrite, ...forget);
    await running.appendWaiting();
    expect(await waiting()).toBe(10);
    // One that has just started knows no better: only a checkpoint that was kept shows it.
    await chain.seal();
    await chain.write(1, 11);
    await running.appendWaiting();
    expect([await waiting(), await chain.problems()]).toEqual([1, []]);
    expect(await chain.problems(kept)).toEqual(['history_rewritten 10']);
  });

  it('that is given a checkpoint continues no chain without it, also where it has just started', async () => {
    const settings = (hash: string) => ({
      AUDIT_CHECKPOINT: { position: 10, hash: Buffer.from(hash, 'hex') },
    });
    await chain.write(1, 11);
    await chain.worker(undefined, settings('00'.repeat(32))).appendWaiting();
    expect(await waiting()).toBe(1);
    await chain.worker(undefined, settings(String(kept.hash))).appendWaiting();
    expect(await waiting()).toBe(0);
  });
});

it('seals what api and worker write, on schedule', async () => {
  const whole = await TestSystem.start({ worker: true });
  const audit = new AuditChain(whole);
  const body = {
    action: 'switch',
    modelId: NOVA_LITE,
    conversationId: 'conv-123',
    userId: 'user-456',
    reason: 'r',
  };
  expect((await whole.act(body)).body.data.switched).toBe(true);
  await expect.poll(async () => (await audit.verify()).checked).toBe(1);
  expect(await audit.verify()).toMatchObject({ intact: true, waiting: 0, signaturesChecked: false });
  await whole.close();
});
