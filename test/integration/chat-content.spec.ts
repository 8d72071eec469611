import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import { ChatSystem, HAIKU, SONNET } from '../support/chat-system.js';

let chats: ChatSystem;
beforeAll(async () => {
  chats = await ChatSystem.start();
});
afterAll(() => chats.close());
afterEach(() => chats.emulator.reset());

const TOOLS = {
  tools: [
    {
      toolSpec: {
        name: 'weather',
        description: 'Weather of a city',
        inputSchema: {
          json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
      },
    },
  ],
};
const IMAGE = { image: { format: 'png', source: { bytes: 'iVBORw0KGgo=' } } };
const say = (content: unknown) => [{ role: 'user', content }];
const ask = (body: object) => chats.chat({ useCase: 'clinical', ...body });

describe('a chat with tools', () => {
  it.each([false, true])(
    'has the use of a tool in its answer, and continues with the result (stream: %s)',
    async (stream) => {
      const first = await answerOf({ messages: say('What is the weather?'), toolConfig: TOOLS, stream });
      expect(first.stopReason).toBe('tool_use');
      const { toolUse } = first.content.find((block: object) => 'toolUse' in block);
      expect(toolUse).toMatchObject({ name: 'weather', input: { city: expect.any(String) } });
      const second = await answerOf({
        messages: [
          ...say('What is the weather?'),
          { role: 'assistant', content: first.content },
          ...say([{ toolResult: { toolUseId: toolUse.toolUseId, content: [{ json: { sky: 'blue' } }] } }]),
        ],
        toolConfig: TOOLS,
        stream,
      });
      expect(second.stopReason).toBe('end_turn');
      expect(second.message.content).toContain('blue');
      expect(second.content).toEqual([{ text: second.message.content }]);
    },
  );

  it('is answered by a fallback that takes them', async () => {
    chats.faults({ kind: 'error', name: 'ServiceUnavailableException', modelId: SONNET } as FaultInput);
    const { body } = await ask({ messages: say([{ text: 'See' }, IMAGE]), toolConfig: TOOLS });
    expect(body.model.id).toBe(HAIKU);
    expect(body.attempts.at(-1)).toMatchObject({ modelId: HAIKU, outcome: 'answered' });
  });

  it('is refused where no model of the use case takes them', async () => {
    await chats.rows(
      `UPDATE bedrock_models SET capabilities = capabilities || '{"tools":{"supported":false,"source":"test","readOn":"2026-11-28"}}'`,
    );
    await chats.system.act({ action: 'clear-cache' });
    const { status, body } = await ask({ messages: say('Hi'), toolConfig: TOOLS });
    expect([status, body.code]).toEqual([400, 'capability_not_available']);
    expect(body.detail).toContain(`${SONNET} does not take tools`);
    await chats.rows(
      `UPDATE bedrock_models SET capabilities = capabilities || '{"tools":{"supported":true,"source":"test","readOn":"2026-11-28"}}'`,
    );
    await chats.system.act({ action: 'clear-cache' });
  });
});

describe('a chat of text', () => {
  it('has its text as content, too', async () => {
    const { body } = await ask({
      messages: say('Hello'),
      system: [{ text: 'Be brief' }, { text: 'Be kind' }],
    });
    expect(body.content).toEqual([{ text: body.message.content }]);
  });

  it('has stop sequences', async () => {
    const { status } = await ask({ messages: say('Hello'), stopSequences: ['END'] });
    expect(status).toBe(200);
  });
});

it.each([
  ['a block that is not known', say([{ video: {} }]), 'messages.0.content'],
  [
    'an image without bytes',
    say([{ image: { format: 'png', source: { bytes: '' } } }]),
    'messages.0.content',
  ],
  [
    'an image elsewhere',
    say([{ image: { format: 'png', source: { s3Location: {} } } }]),
    'messages.0.content',
  ],
  ['no block', say([]), 'messages.0.content'],
])('refuses %s, and names the field', async (_, messages, field) => {
  const { status, body } = await ask({ messages });
  expect(status).toBe(400);
  expect(JSON.stringify(body.errors)).toContain(field);
});

/** The answer of a chat, whole or from the last event of its stream. */
async function answerOf({ stream, ...body }: { stream: boolean; messages: object[]; toolConfig: object }) {
  const chat = { useCase: 'clinical', ...body };
  if (!stream) return (await chats.chat(chat)).body;
  const last = (await chats.stream(chat)).at(-1)!;
  expect(last.event).toBe('done');
  return last.data;
}
