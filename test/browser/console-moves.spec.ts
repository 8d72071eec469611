import { describe, expect, it } from 'vitest';
import { HAIKU, SONNET } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';

describe.skipIf(!chromiumIsThere)('moving everything off a model', () => {
  const console = new Console();
  const modelOf = async (path: string) => (await console.chats.system.get(path)).body;

  it('shows what moves, moves it with one confirmation, and undoes it', async () => {
    await console.act({ action: 'switch', modelId: SONNET, useCase: 'clinical' });
    await console.act({ action: 'switch', modelId: SONNET, conversationId: 'conv-123' });
    const page = await console.at(`/models/${SONNET}`);
    await page.getByRole('button', { name: 'Move off this model' }).click();
    const panel = page.getByRole('dialog', { name: /^Move off/ });
    await panel.getByRole('row', { name: /^clinical / }).waitFor();
    await panel.getByText(/1 pinned conversation/).waitFor();
    await panel.getByLabel('Reason').fill('Too slow tonight');
    await panel.getByRole('button', { name: 'Move', exact: true }).click();
    await panel.waitFor({ state: 'detached' });
    const moves = page.getByRole('region', { name: 'Moves' });
    await moves.getByText('Done').waitFor();
    await moves.getByText('1 moved, 0 skipped, 0 failed of 1').waitFor();
    expect((await modelOf('/v1/use-cases/clinical')).activeModelId).toBe(HAIKU);
    await moves.getByRole('button', { name: 'Undo' }).click();
    await moves.getByText('Undone').waitFor();
    expect((await modelOf('/v1/use-cases/clinical')).activeModelId).toBe(SONNET);
    expect((await modelOf('/v1/conversations/conv-123/model')).model.id).toBe(SONNET);
  });
});
