import { PORTKEY } from '../baselines/portkey.js';
import { ChatScenario } from '../chat-scenario.js';
import { type ComparedKind, GatewayComparison } from '../gateway-comparison.js';
import type { Measure } from '../measure.js';

const bars = (one: number, more: number): ComparedKind['bars'] => ({
  perSecond: { 1: { atLeast: one }, 16: { atLeast: more }, 64: { atLeast: more } },
  cpu: { atLeast: 1 / 0.45 },
  added: { atMost: 0.5 },
  addedLight: { atMost: 0.5 },
  addedByOne: { atMost: 1 },
});

/** Where the row of a call is before its answer, and the bars of whole answers and streams. */
const SETTINGS = [
  { durability: 'postgres', whole: bars(1.2, 2.5), stream: bars(1.2, 2) },
  { durability: 'journal', whole: bars(2, 2.5), stream: bars(1.5, 2) },
];

export const WIRES: Measure = {
  name: 'wires',
  title: 'Converse and ConverseStream over the wire, by where the row is before the answer',
  against: `Portkey ${PORTKEY} with provider bedrock, and the AWS SDK by itself, over the same upstream`,
  async *run(ground) {
    for (const { durability, whole, stream } of SETTINGS) {
      const stage = await ChatScenario.open(ground, { USAGE_DURABILITY: durability }, `wires_${durability}`);
      const on = { stage, ground, tally: { answered: 0 } };
      const comparisons = [
        { name: `${durability}, whole`, stream: false, ours: stage.wire(false), bars: whole },
        { name: `${durability}, stream`, stream: true, ours: stage.wire(true), bars: stream },
      ].map((kind) => new GatewayComparison({ ...kind, withSdk: true }, on));
      for (const comparison of comparisons) await comparison.warmUp();
      for (const comparison of comparisons) yield* comparison.run();
      yield await stage.unrecorded(on.tally.answered);
      await stage.close();
    }
  },
};
