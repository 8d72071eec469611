import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { startBuiltSystem } from '../support/built-system.js';
import { eventually } from '../support/eventually.js';
import type { BuiltApi } from '../support/processes.js';
import { SERVICE_KEY, type TestEnvironment } from '../support/test-env.js';

/** The scripts of docs/workflows, as somebody runs them who reads the documentation. */
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
let api: BuiltApi;
let environment: TestEnvironment;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ api, environment, close } = await startBuiltSystem());
});
afterAll(() => close());

async function run(workflow: string): Promise<string> {
  const { stdout } = await promisify(execFile)(join(checkout, 'docs', 'workflows', workflow), {
    env: { PATH: process.env.PATH, SUPABASE_URL: api.url, SUPABASE_SERVICE_KEY: SERVICE_KEY },
  });
  return stdout;
}
const auditRows = async (condition: string) =>
  (await environment.app.query(`SELECT * FROM bedrock_model_switches WHERE ${condition} ORDER BY seq`)).rows;

it('1: a manual switch is validated, done and recorded with its reason, whatever ran before', async () => {
  for (const times of [1, 2]) {
    const output = await run('1-manual-switch.sh');
    const shown = output.slice(output.lastIndexOf('Using: Amazon Nova Lite'));
    // Its own row, though somebody else switches conversations.
    expect(shown).toMatch(/use case health[\s\S]*use case health .*Cost reduction/);
    await eventually(async () => expect(await auditRows("reason = 'Cost reduction'")).toHaveLength(times));
    const elsewhere = { action: 'switch', modelId: NOVA_PRO, conversationId: `elsewhere-${times}` };
    expect((await api.actPatiently(elsewhere)).body.data.switched).toBe(true);
  }
});

it('2: a patient who opens the clinical chat is on its model, is notified, and the switch is recorded', async () => {
  const output = await run('2-auto-switch.sh');
  expect(output).toContain('"title":"Auto-Switching AI Model"');
  expect(output.match(/"modelId":"eu\.anthropic\.claude-sonnet-4-6"/g)!.length).toBeGreaterThanOrEqual(2);
  const recorded = "conversation_id LIKE 'workflow-2-%' AND switch_action = 'auto_switch'";
  await eventually(async () => expect(await auditRows(recorded)).toHaveLength(2));
});

it('3: the cheapest candidate is taken, and what it costs is shown', async () => {
  const output = await run('3-cost-optimization.sh');
  expect(output).toContain('health: 3 candidates');
  expect(output).toMatch(/Auto-Switching AI Model\n +Using: Amazon Nova Lite/);
  expect(output).toContain('the SQL of the document was not run');
});

it('4: a throttled model is left for the next candidate', async () => {
  const output = await run('4-fallback.sh');
  expect(output).toContain('"fromId":"eu.anthropic.claude-sonnet-4-6"');
  expect(output.split('\n').at(-2)).toContain('"model":{"id":"eu.anthropic.claude-haiku-4-5-20251001-v1:0"');
  const recorded = "conversation_id LIKE 'workflow-4-%' AND switch_action = 'fallback_switch'";
  await eventually(async () => expect(await auditRows(recorded)).toHaveLength(1));
});
