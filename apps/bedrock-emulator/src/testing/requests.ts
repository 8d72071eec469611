import type { Emulator } from '../start-emulator.js';

const ask =
  (action: string) =>
  (emulator: Emulator, modelId: string, text = 'How are you today?') =>
    fetch(`${emulator.url}/model/${encodeURIComponent(modelId)}/${action}`, {
      method: 'POST',
      headers: { authorization: 'Bearer any-token' },
      body: JSON.stringify({ messages: [{ role: 'user', content: [{ text }] }] }),
    });

export const converse = ask('converse');
export const converseStream = ask('converse-stream');
