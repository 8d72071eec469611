import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditChain, newSigningKey } from '../support/audit-chain.js';
import { ErasureSubject } from '../support/erasure-fixture.js';
import { TestSystem } from '../support/test-system.js';

/** Audit rows as a release from before 2026-11-29 sealed them. Never write this file again: what is sealed stays valid. */
const FILE = join(import.meta.dirname, '../fixtures/sealed-rows.json');
const ACTORS = ['user:anna', 'service:cli', 'system:recovery', 'system:release', 'system:chat'];

interface SealedRows {
  publicKey: string;
  tables: Record<string, unknown[]>;
}

/** Made once, with SEALED_ROWS=write. */
async function writeFile(): Promise<void> {
  const signingKey = newSigningKey();
  const system = await TestSystem.start({ overrides: { AUDIT_SIGNING_KEY: signingKey } });
  const chain = new AuditChain(system);
  const ids = await chain.write(ACTORS.length, 1);
  const named = ids.flatMap((id, index) =>
    ['switch_events', 'bedrock_model_switches'].map(
      (table) => `UPDATE ${table} SET actor = '${ACTORS[index]}' WHERE id = '${id}'`,
    ),
  );
  await chain.attack(...named);
  const dora = new ErasureSubject(system, 'dora', 'secret');
  await dora.live();
  await dora.erase();
  await dora.complete();
  await chain.seal();
  // The copy has no outbox, in which such an event waits for its row.
  await chain.attack('DELETE FROM switch_events WHERE id NOT IN (SELECT id FROM bedrock_model_switches)');
  expect(await chain.verify()).toMatchObject({ intact: true });
  const der = createPrivateKey({ key: Buffer.from(signingKey, 'base64'), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(der).export({ format: 'der', type: 'spki' }).toString('base64');
  const rows: SealedRows = { publicKey, tables: await chain.copy() };
  writeFileSync(FILE, `${JSON.stringify(rows, null, 1)}\n`);
  await system.close();
}

let system: TestSystem;
let sealed: SealedRows;
beforeAll(async () => {
  if (process.env.SEALED_ROWS === 'write') await writeFile();
  sealed = JSON.parse(readFileSync(FILE, 'utf8'));
  system = await TestSystem.start({ overrides: { AUDIT_PUBLIC_KEYS: sealed.publicKey } });
});
afterAll(() => system?.close());

it('what an earlier release sealed verifies, with its signatures', async () => {
  const chain = new AuditChain(system);
  await chain.paste(sealed.tables);
  const count = sealed.tables.audit_seals!.length;
  expect(count).toBeGreaterThan(ACTORS.length);
  expect(await chain.verify()).toMatchObject({
    ...{ intact: true, checked: count, problems: [], signaturesChecked: true },
    checkpoints: { signed: expect.any(Number), signedFrom: expect.any(Number) },
  });
  await chain.attack(
    `UPDATE bedrock_model_switches SET actor = 'system:unpin' WHERE actor = 'system:release'`,
  );
  expect(await chain.problems()).toEqual(['row_changed 4']);
});
