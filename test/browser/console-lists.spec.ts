import { describe, it } from 'vitest';
import { NOVA_LITE, NOVA_MICRO } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';

describe.skipIf(!chromiumIsThere)('what the console lists', () => {
  const console = new Console();
  const switchTimes = async (times: number, scope: object) => {
    for (let time = 0; time < times; time += 1)
      await console.act({ action: 'switch', modelId: time % 2 ? NOVA_MICRO : NOVA_LITE, ...scope });
  };

  it.each([
    ['that sees every switch', ['read', 'operate', 'audit'] as const],
    ['that sees the notifications of operators', ['read', 'operate'] as const],
  ])('has what happened to models behind many switches, for a key %s', async (name, scopes) => {
    await console.act({ action: 'switch', modelId: NOVA_LITE, useCase: 'operations' });
    await console.chats.system.environment.owner.query(
      `INSERT INTO notifications (id, seq, kind, audience, type, title, message, model_id, model_name, silent, occurred_at)
       VALUES (gen_random_uuid(), -1, 'alert', 'operators', 'auto', 'Old alert', 'A model', $1, 'Nova', false, now() - interval '9 days')
       ON CONFLICT DO NOTHING`,
      [NOVA_LITE],
    );
    await switchTimes(40, { useCase: 'operations' });
    const page = await console.at('/activity?show=warnings', {
      credential: await console.chats.system.key([...scopes], name),
    });
    await page.getByText('Old alert').waitFor();
  });
});
