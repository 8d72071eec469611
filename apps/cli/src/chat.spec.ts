import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events, FakeApiServer, hangUp, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const model = { id: 'eu.m', name: 'Model M', provider: 'amazon' };
const other = { id: 'eu.n', name: 'Model N', provider: 'amazon' };
const notification = {
  title: 'Auto-Switching AI Model',
  message: 'Upgraded from L to M...',
  modelName: 'Model M',
};
const answer = (content: string, more: object = {}): [string, object] => [
  'done',
  {
    success: true,
    conversationId: 'conv-1',
    useCase: 'clinical',
    model,
    message: { role: 'assistant', content },
    stopReason: 'end_turn',
    usage: { inputTokens: 12, outputTokens: 34, costUsd: '0.000092000', estimated: false },
    ...more,
  },
];
const delta = (text: string): [string, object] => ['delta', { text }];
const stream = (text: string) => events([['model', { model }], delta(text), answer(text)]);

describe('chat --message', () => {
  it('shows the notification, the answer as it comes, and who gave it at what cost', async () => {
    service.reply(
      events([['model', { model, notification }], delta('Drink '), delta('tea.'), answer('Drink tea.')]),
    );
    const { exitCode, out, err } = await service.run([
      'chat',
      '--message',
      'What helps?',
      '--use-case',
      'clinical',
      '--user',
      'anna',
    ]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toBe(
      '✅ Auto-Switching AI Model\n   Using: Model M\n   Upgraded from L to M...\nDrink tea.\n[Model M · 12 + 34 tokens · 0.000092 USD · conv-1]\n',
    );
    expect(service.received).toMatchObject([
      {
        method: 'POST',
        path: '/v1/chat',
        body: {
          useCase: 'clinical',
          userId: 'anna',
          stream: true,
          messages: [{ role: 'user', content: 'What helps?' }],
        },
      },
    ]);
  });

  it('says where an answer broke off, what stopped one, and what is not known', async () => {
    service.reply(
      events([
        ['model', { model }],
        delta('Dri'),
        ['restart', { reason: 'stream_broken', model: other }],
        delta('Rest.'),
        answer('Rest.', {
          model: other,
          stopReason: 'max_tokens',
          usage: { inputTokens: 1, outputTokens: 2, costUsd: null, estimated: true },
        }),
      ]),
    );
    const { out } = await service.run(['chat', '-m', 'What helps?']);
    expect(out).toBe(
      'Dri\n\n⟲ The answer broke off (stream_broken): Model N starts again.\nRest.\n[Model N · ≈ 1 + 2 tokens · cost not known · stopped by max_tokens · conv-1]\n',
    );
  });

  it('says which price is missing', async () => {
    const usage = {
      inputTokens: 1,
      outputTokens: 2,
      costUsd: null,
      costUnknown: 'no_price_for_long_context',
    };
    service.reply(events([delta('Rest.'), answer('Rest.', { usage: { ...usage, estimated: false } })]));
    expect((await service.run(['chat', '-m', 'x'])).out).toContain(
      '1 + 2 tokens · cost not known: no price for long context · conv-1',
    );
  });

  it('says that a guardrail intervened', async () => {
    const stopped = answer('Blocked.', { stopReason: 'guardrail_intervened' });
    service.reply(events([['model', { model }], delta('Blocked.'), stopped]));
    expect((await service.run(['chat', '-m', 'x'])).out).toBe(
      'Blocked.\n[Model M · 12 + 34 tokens · 0.000092 USD · guardrail intervened · conv-1]\n',
    );
  });

  it.each([
    ['upgrade', 'Upgraded'],
    ['downgrade', 'Downgraded'],
    ['lateral', 'Switched'],
  ])('calls a switch that is an %s so', async (direction, verb) => {
    const message = 'Upgraded from L to M (Cost)...';
    const notification = { title: 'Auto-Switching AI Model', message, modelName: 'M', direction };
    service.reply(events([['model', { model, notification }], answer('Tea.')]));
    expect((await service.run(['chat', '-m', 'x'])).out).toContain(`\n   ${verb} from L to M (Cost)...\n`);
  });

  it('warns where the conversation that was named has been created, and only there', async () => {
    for (const [args, warning] of [
      [['--conversation', 'conv-1'], /^Warning: conversation conv-1 did not exist and was created/],
      [[], /^$/],
    ] as const) {
      service.reply(events([['model', { model }], answer('Tea.', { created: true })]));
      expect((await service.run(['chat', '-m', 'x', ...args])).err).toMatch(warning);
    }
  });

  it('with --json writes the whole answer and nothing else', async () => {
    service.reply(stream('Tea.'));
    const { out } = await service.run(['chat', '-m', 'x', '--json']);
    expect(JSON.parse(out)).toMatchObject({ message: { content: 'Tea.' }, conversationId: 'conv-1' });
  });

  it.each([
    [
      'before the stream',
      status(403, { title: 'Not allowed', detail: 'This needs act-as', status: 403 }),
      'This needs act-as',
    ],
    [
      'in the stream',
      events([
        ['model', { model }],
        ['error', { status: 503, detail: 'No model could answer', code: 'model_unavailable' }],
      ]),
      'No model could answer',
    ],
  ])('a refusal %s ends it with 1', async (_, reply, sentence) => {
    service.reply(reply);
    const { exitCode, err } = await service.run(['chat', '-m', 'x']);
    expect(exitCode).toBe(1);
    expect(err).toContain(`❌ ${sentence}`);
  });

  it.each([
    ['lost immediately', hangUp, 'connection lost'],
    [
      'lost during the answer',
      events([['model', { model }], delta('Te')], { cut: true }),
      'before the answer was complete',
    ],
    ['ended too early', events([['model', { model }], delta('Te')]), 'before the answer was complete'],
  ])('a connection that is %s ends it with 3, never as an answer', async (_, reply, sentence) => {
    service.reply(reply);
    const { exitCode, err } = await service.run(['chat', '-m', 'x']);
    expect(exitCode).toBe(3);
    expect(err).toContain(sentence);
  });

  it.each([
    ['--message', ' '],
    ['--max-tokens', '0'],
    ['--use-case', ''],
  ])('%s "%s" is wrong usage', async (option, value) => {
    service.reply();
    const { exitCode } = await service.run(['chat', '-m', 'x', option, value]);
    expect([exitCode, service.received]).toEqual([2, []]);
  });

  it('lets no answer move the cursor', async () => {
    service.reply(stream('a\u001b[2Jb\nc'));
    expect((await service.run(['chat', '-m', 'x'])).out).toContain('a [2Jb\nc');
  });
});

describe('chat', () => {
  it('continues the same conversation, with the messages before', async () => {
    service.reply(stream('Tea.'), stream('Green.'));
    const { exitCode, out } = await service.run(['chat'], { typed: ['What helps?', '', 'Which?'] });
    expect(exitCode).toBe(0);
    expect(out).toContain('Green.');
    expect(service.received[1]!.body).toMatchObject({
      conversationId: 'conv-1',
      messages: [
        { role: 'user', content: 'What helps?' },
        { role: 'assistant', content: 'Tea.' },
        { role: 'user', content: 'Which?' },
      ],
    });
  });

  it('a question that was not answered is not part of what was said', async () => {
    service.reply(events([['error', { status: 503, detail: 'Busy' }]]), stream('Tea.'));
    const { exitCode } = await service.run(['chat'], { typed: ['lost', 'again'] });
    expect(exitCode).toBe(0);
    expect(service.received[1]!.body).toMatchObject({ messages: [{ role: 'user', content: 'again' }] });
  });

  it('prompts on a terminal, and says nothing where nothing is typed', async () => {
    service.reply();
    expect(await service.run(['chat'], { typed: [], columns: 80 })).toEqual({
      exitCode: 0,
      out: '> ',
      err: '',
    });
    expect(await service.run(['chat'], { typed: [] })).toEqual({ exitCode: 0, out: '', err: '' });
  });
});
