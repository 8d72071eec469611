import { Agent } from 'node:http';
import type { Fault } from './fault.js';
import { type Answer, post } from './http-client.js';

const USERS = 600;
const PLACES = 100;
/** An answer of some twenty events takes several seconds, longer than a call waits for a connection. */
const PACE_MS = 400;
const ROUNDS = 2;
const CHAT_TIMEOUT_MS = 120_000;
const agent = new Agent({ keepAlive: true, maxSockets: USERS });

/** They exist, so that a chat switches nothing. */
const CONVERSATIONS = `INSERT INTO ai_conversations (id, user_id, use_case)
  SELECT 'busy-' || n, 'busy-' || n, 'clinical' FROM generate_series(0, ${USERS - 1}) n`;

async function chatAll(url: string): Promise<Answer[]> {
  const chat = (user: number) =>
    post(url, {
      path: '/v1/chat',
      body: {
        conversationId: `busy-${user}`,
        userId: `busy-${user}`,
        messages: [{ role: 'user', content: 'How are you?' }],
        stream: true,
      },
      agent,
      timeout: CHAT_TIMEOUT_MS,
    });
  return Promise.all(Array.from({ length: USERS }, (_, user) => chat(user)));
}

export const BUSY_HOUR: Fault = {
  name: 'busy-hour',
  title: `${USERS} users chat at an instance that carries ${PLACES} calls, twice`,
  inSubset: true,
  stage: { modelPaceMs: PACE_MS, variables: () => ({ MAX_MODEL_CALLS: String(PLACES) }) },
  async inject(stage, load) {
    const answers: Answer[] = [];
    await stage.look((owner) => owner.query(CONVERSATIONS));
    for (let round = 0; round < ROUNDS; round += 1) answers.push(...(await chatAll(stage.urls[0]!)));
    for (const { status, text } of answers) {
      const isRight =
        status === 200 ? text.includes('event: done') : status === 503 && text.includes('"urn:');
      if (!isRight) load.record.complain(`a chat was answered ${status}: ${text.slice(-300)}`);
    }
    const answered = answers.filter(({ status }) => status === 200).length;
    if (answered < PLACES) throw new Error(`only ${answered} of ${answers.length} chats were answered`);
    const breakers = await stage.apis[0]!.get('/v1/breakers');
    if (breakers.body.items.length > 0)
      throw new Error(`breakers of healthy models are open: ${breakers.text}`);
    const { rows } = await stage.look((owner) =>
      owner.query(`SELECT id FROM switch_events WHERE switch_action = 'fallback_switch'`),
    );
    if (rows.length > 0)
      throw new Error(`${rows.length} conversations were switched away from healthy models`);
  },
};
