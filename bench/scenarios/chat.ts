import { PORTKEY } from '../baselines/portkey.js';
import { ChatScenario } from '../chat-scenario.js';
import { type ComparedKind, GatewayComparison } from '../gateway-comparison.js';
import type { Measure } from '../measure.js';

const atLeast = (ratio: number) => ({
  1: { atLeast: ratio },
  16: { atLeast: ratio },
  64: { atLeast: ratio },
});

export const CHAT: Measure = {
  name: 'chat',
  title: 'POST /v1/chat, whole and as a stream of 50 deltas',
  against: `Portkey ${PORTKEY} with provider bedrock, and the AWS SDK by itself, over the same upstream`,
  async *run(ground) {
    const stage = await ChatScenario.open(ground);
    const on = { stage, ground, tally: { answered: 0 } };
    const kinds: ComparedKind[] = [
      { name: 'whole', stream: false, ours: stage.ours(false), bars: { perSecond: atLeast(1.5) } },
      { name: 'stream', stream: true, ours: stage.ours(true), bars: { perSecond: atLeast(1.3) } },
    ];
    const comparisons = kinds.map(
      (kind) =>
        new GatewayComparison({ ...kind, bars: { ...kind.bars, added: { atMost: 1 } }, withSdk: true }, on),
    );
    for (const comparison of comparisons) await comparison.warmUp();
    for (const comparison of comparisons) yield* comparison.run();
    yield await stage.unrecorded(on.tally.answered);
    yield* stage.recorded();
    await stage.close();
  },
};
