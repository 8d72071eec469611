import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { BuiltApi } from '../../test/support/processes.js';
import { forked } from '../child-process.js';
import { memoryOf } from '../cpu-pinning.js';
import type { Measure } from '../measure.js';

const STREAMS = 500;
/** Between the events of an answer: it outlasts the measurement. */
const PACE_MS = 700;
const LIMIT_MB = 300;
const QUESTION = JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] });

export const ANSWER_MEMORY: Measure = {
  name: 'answer-memory',
  title: 'Memory of the api while models answer',
  against: 'nothing; RSS as the kernel says',
  async *run(ground) {
    const stage = await ground.stage('answer_memory');
    const upstream = await forked<{ url: string }>('fake-upstream', { role: 'everythingElse' });
    upstream.send({ paceMs: PACE_MS });
    const api = await stage.startApi({
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: upstream.url,
      // One key may take half of them.
      MAX_MODEL_CALLS: String(2 * STREAMS + 1),
    });
    const token = await stage.key(api, 'switch');
    const before = memoryOf(api.pid);
    const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
    await Promise.all(Array.from({ length: STREAMS }, () => begin(api, token, agent)));
    await delay(2_000);
    yield {
      what: `RSS with ${STREAMS} open streams of ConverseStream`,
      value: memoryOf(api.pid),
      unit: 'MB',
      from: { before },
      atMost: LIMIT_MB,
    };
    agent.destroy();
    upstream.disconnect();
    await stage.close();
  },
};

/** Resolves when the first bytes of the answer are there. */
function begin(api: BuiltApi, token: string, agent: Agent): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const call = request(`${api.url}/bedrock/model/auto/converse-stream`, { agent, method: 'POST', headers });
  return new Promise((resolve, reject) => {
    // Until it is open; it is cut at the end.
    call.on('error', reject).once('response', (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`a stream was answered with ${answer.statusCode}`));
      answer.on('error', () => undefined).once('data', () => resolve());
    });
    call.end(QUESTION);
  });
}
