import { beforeAll, describe, expect, it } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import type { Page } from '../../tools/browser.js';
import { HAIKU } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { expectFit } from '../support/console-page.js';

describe.skipIf(!chromiumIsThere)('the health page of the console', () => {
  const console = new Console(true);
  let page: Page;
  const region = (name: string) => page.getByRole('region', { name, exact: true });
  const sql = (statement: string, values: unknown[] = []) =>
    console.chats.system.environment.owner.query(statement, values);

  /** Makes a dead letter of a switch that has its audit row. @returns the id of the switch */
  async function deadLetter(conversationId: string): Promise<string> {
    const { system } = console.chats;
    const { body } = await system.act({
      ...{ action: 'switch', modelId: HAIKU, conversationId, userId: 'u' },
    });
    const id = body.data.switchId;
    const done = () => sql('SELECT FROM outbox WHERE id = $1', [id]);
    await expect.poll(async () => (await done()).rows).toEqual([]);
    await sql(
      `INSERT INTO outbox (id, job, failures, history, dead_at)
       VALUES ($1, 'switching.record-switch', 10, '[{"error": "the disk is full"}]', now())`,
      [id],
    );
    return id;
  }

  beforeAll(async () => {
    page = await console.at('/activity');
    await console.chats.system.call('POST', '/v1/webhooks', {
      url: 'https://ops.example.com/',
      feed: 'operators',
    });
  });

  it('axe finds nothing, light and dark, and it fits a phone', async () => {
    await deadLetter('dead-axe');
    await console.goTo('/health', page);
    await region('Dead letters').getByText('the disk is full').first().waitFor();
    await expectFit(page);
  });

  it('instances are listed, and a stale one is marked', async () => {
    await sql(`INSERT INTO instances (id, kind, name, version, seen_at)
      VALUES (gen_random_uuid(), 'worker', 'died-worker', '0.1.0', now() - interval '1 minute')`);
    await console.goTo('/health', page);
    const instances = region('Instances');
    await instances.getByRole('row').filter({ hasText: 'died-worker' }).getByText('Stale').waitFor();
    await instances.getByText('Alive').first().waitFor();
  });

  it('the attempts to deliver one message are one row of Activity', async () => {
    await sql(`INSERT INTO webhook_deliveries (webhook_id, message_id, notification_id, state, attempt, attempted_at, duration_ms, status, error)
      SELECT id, 'one', gen_random_uuid(), CASE n WHEN 3 THEN 'recovered' ELSE 'failed' END, n, now() + make_interval(secs => n), 20,
        CASE n WHEN 3 THEN 204 ELSE 500 END, CASE WHEN n < 3 THEN 'answered 500' END
      FROM webhooks, generate_series(1, 3) AS n WHERE url = 'https://ops.example.com/'`);
    await console.goTo('/activity?show=deliveries', page);
    const row = page.getByRole('row').filter({ hasText: 'after 2 failed attempts' });
    await row.getByText('Delivery recovered × 3').waitFor();
  });

  it('a dead letter is requeued, with two clicks, and is worked on', async () => {
    const id = await deadLetter('dead-one');
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByRole('link', { name: 'Health' }).click();
    const letters = region('Dead letters');
    await letters.getByRole('button', { name: `Requeue switching.record-switch ${id.slice(0, 8)}` }).click();
    await letters.getByText('1 requeued').waitFor();
    await expect.poll(async () => (await sql('SELECT FROM outbox WHERE id = $1', [id])).rows).toEqual([]);
    expect((await sql('SELECT FROM bedrock_model_switches WHERE id = $1', [id])).rows).toHaveLength(1);
  });

  it('a sweep runs now, with two clicks from any page', async () => {
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByRole('link', { name: 'Health' }).click();
    const sweeps = region('Sweeps');
    await sweeps.getByRole('button', { name: 'Sweep now' }).click();
    const run = sweeps.getByRole('row').filter({ hasText: 'service:bootstrap' });
    await run.getByText('Done').waitFor();
    const { items } = (await console.chats.system.get('/v1/sweeps')).body;
    const requested = items.find(({ by }: { by: string }) => by === 'service:bootstrap');
    expect(requested).toMatchObject({ state: 'done', deep: false });
    await run.getByText(`${requested.total} of ${requested.total}`).waitFor();
  });

  it('a breaker whose pause is a day is probed now, and closes when the model answers', async () => {
    const breakers = console.chats.system.api.get(BreakersService, { strict: false });
    await console.goTo('/health', page);
    await region('Open breakers').getByText('None: every model gets calls').waitFor();
    console.chats.faults({ kind: 'error', name: 'ResourceNotFoundException', modelId: HAIKU });
    breakers.failed(HAIKU, 'model_gone');
    const open = region('Open breakers').getByRole('listitem');
    await open.getByText('model_gone').waitFor();
    await open.getByRole('button', { name: /^Probe now/ }).click();
    await open.getByText('It failed again').waitFor();
    console.chats.emulator.reset();
    await open.getByRole('button', { name: /^Probe now/ }).click();
    await region('Open breakers').getByText('None: every model gets calls').waitFor();
    expect(breakers.isOpen(HAIKU)).toBe(false);
  });

  it('shows what somebody may see who may only read', async () => {
    const credential = await console.chats.system.key(['read'], 'reader');
    const reader = await console.at('/validation', { credential });
    await reader.waitForURL(/\/health$/);
    await reader.getByRole('region', { name: 'Open breakers' }).waitFor();
    expect(await reader.getByRole('region', { name: 'Dead letters' }).count()).toBe(0);
    expect(await reader.getByRole('link', { name: 'Queues' }).count()).toBe(0);
  });
});
