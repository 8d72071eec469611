import { PORTKEY } from '../baselines/portkey.js';
import { ChatScenario } from '../chat-scenario.js';
import { type ComparedKind, GatewayComparison } from '../gateway-comparison.js';
import type { Measure } from '../measure.js';

/** By the number of clients. */
const bars = (one: number, sixteen: number, more: number): ComparedKind['bars'] => ({
  perSecond: { 1: { atLeast: one }, 16: { atLeast: sixteen }, 64: { atLeast: more } },
  added: { atMost: 1 },
});

/**
 * Where the row of a chat is before its answer, and the bars of whole answers and streams. Names without a prefix are those
 * that the figures of scaling are read from.
 */
const SETTINGS = [
  { durability: 'postgres', prefix: '', whole: bars(1.5, 2, 1.5), stream: bars(1.3, 1.3, 1.3) },
  { durability: 'journal', prefix: 'journal, ', whole: bars(1.3, 2, 1.5), stream: bars(1.3, 1.3, 1.3) },
];

export const CHAT: Measure = {
  name: 'chat',
  title: 'POST /v1/chat, whole and as a stream of 50 deltas, by where the row is before the answer',
  against: `Portkey ${PORTKEY} with provider bedrock, and the AWS SDK by itself, over the same upstream`,
  async *run(ground) {
    for (const { durability, prefix, whole, stream } of SETTINGS) {
      const stage = await ChatScenario.open(ground, { USAGE_DURABILITY: durability }, `chat_${durability}`);
      const on = { stage, ground, tally: { answered: 0 } };
      const comparisons = [
        { name: `${prefix}whole`, stream: false, ours: stage.ours(false), bars: whole },
        { name: `${prefix}stream`, stream: true, ours: stage.ours(true), bars: stream },
      ].map((kind) => new GatewayComparison({ ...kind, withSdk: true }, on));
      for (const comparison of comparisons) await comparison.warmUp();
      for (const comparison of comparisons) yield* comparison.run();
      yield await stage.unrecorded(on.tally.answered);
      if (durability === 'postgres') yield* stage.recorded();
      await stage.close();
    }
  },
};
