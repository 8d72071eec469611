import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { called, rollUp } from '../support/recorded-calls.js';
import { useRolledBack, type Within } from '../support/rolled-back.js';
import { HAIKU, insertSwitch, SONNET, type SwitchRow } from '../support/switch-rows.js';

const inTransaction = useRolledBack();
const daysAgo = (days: number, more = '0 s') => `now() - interval '${days} days' + interval '${more}'`;

describe('a call counts for the switch that governs it', () => {
  const toHaiku = { user: 'anna', from: SONNET, to: HAIKU, action: 'manual_switch' } as const;
  let seq = 0;
  const switched = ({ tx }: Within, row: Partial<SwitchRow> & { at: string }) => {
    seq += 1;
    return insertSwitch(tx as unknown as Client, { ...toHaiku, conversation: 'conv-1', ...row }, seq);
  };
  const useCaseSwitched = async (within: Within, at: string) => {
    const id = await switched(within, { at, conversation: null });
    return { id, seq };
  };
  const follow = ({ sql }: Within, after: number, until: number | null) =>
    sql(
      `INSERT INTO ai_conversation_follows (conversation_id, use_case, after_seq, until_seq) VALUES ('conv-1', 'clinical', $1, $2)`,
      [after, until],
    );
  const conversation = ({ sql }: Within) =>
    sql(`INSERT INTO ai_conversations (id, user_id, use_case) VALUES ('conv-1', 'anna', 'clinical')`);
  const savings = async ({ sql }: Within, ids: string[]) => {
    const rows = await sql(
      'SELECT switch_id AS id, calls::int, saved_usd::float8 AS saved FROM switch_savings',
    );
    return ids.map((id) => rows.find((row) => row.id === id)?.calls ?? 0);
  };
  const savedUsd = async ({ sql }: Within) =>
    (await sql('SELECT trim_scale(saved_usd)::text AS saved FROM switch_savings')).map(({ saved }) => saved);

  it.each<[string, { conversation: string | null; of: string | null }]>([
    ['of its conversation', { conversation: 'conv-1', of: 'conv-1' }],
    ['of the use case that its conversation follows', { conversation: 'conv-1', of: null }],
    ['of its use case, without a conversation', { conversation: null, of: null }],
  ])(
    'which is the last one before the call ended, also while the call was under way: a switch %s',
    async (_, given) => {
      await inTransaction(async (within) => {
        await conversation(within);
        const id = await switched(within, { at: 'now()', conversation: given.of });
        await follow(within, seq - 1, null);
        for (const [at, ms] of [
          [`now() - interval '2 s'`, 1_999],
          [`now() - interval '2 s'`, 2_000],
          [`now() - interval '2 s'`, 60_000],
          ['now()', 5],
        ] as const)
          await called(within, { at, ms, conversation: given.conversation });
        await rollUp(within);
        expect(await savings(within, [id])).toEqual([3]);
      })();
    },
  );

  it(
    'which is the conversation’s own or one of its use case, whichever came last',
    inTransaction(async (within) => {
      await conversation(within);
      const first = await useCaseSwitched(within, daysAgo(9));
      await follow(within, first.seq - 1, null);
      const own = await switched(within, { at: daysAgo(8) });
      const last = await useCaseSwitched(within, daysAgo(6));
      for (const days of [8.5, 7, 6.5, 5]) await called(within, { at: daysAgo(0, `-${days} days`) });
      await rollUp(within);
      expect(await savings(within, [first.id, own, last.id])).toEqual([1, 2, 1]);
    }),
  );

  it(
    'which reached its conversation: one behind the start of a span of following, up to its end',
    inTransaction(async (within) => {
      await conversation(within);
      const made = [];
      for (const days of [9, 8, 7, 6]) made.push(await useCaseSwitched(within, daysAgo(days)));
      await follow(within, made[0]!.seq, made[2]!.seq);
      for (const days of [8.5, 7.5, 6.5, 5]) await called(within, { at: daysAgo(0, `-${days} days`) });
      await rollUp(within);
      expect(
        await savings(
          within,
          made.map(({ id }) => id),
        ),
      ).toEqual([0, 1, 2, 0]);
    }),
  );

  it(
    'for 30 days, of a use case, and without that limit of a conversation',
    inTransaction(async (within) => {
      const shared = await useCaseSwitched(within, daysAgo(40));
      const own = await switched(within, { at: daysAgo(40) });
      for (const conversation of [null, 'conv-1'])
        for (const at of [daysAgo(10, '-1 ms'), daysAgo(10), daysAgo(9)])
          await called(within, { at, conversation });
      await rollUp(within);
      expect(await savings(within, [shared.id, own])).toEqual([1, 3]);
    }),
  );

  it(
    'only if it ran on the model of that switch and was answered',
    inTransaction(async (within) => {
      const id = await switched(within, { at: daysAgo(1) });
      await called(within, { at: 'now()', model: SONNET });
      for (const outcome of ['refused', 'guardrail_intervened', 'failed', 'cancelled'])
        await called(within, { at: 'now()', outcome });
      await rollUp(within);
      expect(await savings(within, [id])).toEqual([0]);
    }),
  );

  it(
    'and is compared with the price of the model before at its start, not with that of today',
    inTransaction(async (within) => {
      await within.sql(`DELETE FROM bedrock_model_prices WHERE model_id = $1`, [SONNET]);
      for (const [from, input] of [
        [daysAgo(9), 0.01],
        [daysAgo(3), 0.02],
        [daysAgo(1), 0.5],
      ])
        await within.sql(
          `INSERT INTO bedrock_model_prices (model_id, input_price_per_1k, output_price_per_1k, valid_from, valid_to)
           VALUES ($1, $2, 0, ${from}, now())`,
          [SONNET, input],
        );
      await switched(within, { at: daysAgo(8) });
      await called(within, { at: daysAgo(3, '-1 ms'), ms: 60_000 });
      await rollUp(within);
      expect(await savedUsd(within)).toEqual(['0.009']);
      await called(within, { at: daysAgo(3) });
      await rollUp(within);
      expect(await savedUsd(within)).toEqual(['0.028']);
    }),
  );

  it(
    'with each kind of token at its own price',
    inTransaction(async (within) => {
      await within.sql(
        `UPDATE bedrock_model_prices SET input_price_per_1k = 1, output_price_per_1k = 10, cache_read_price_per_1k = 100,
           cache_write_price_per_1k = 1000, valid_from = ${daysAgo(9)} WHERE model_id = $1`,
        [SONNET],
      );
      await switched(within, { at: daysAgo(8) });
      await called(within, { at: 'now()', tokens: [2_000, 3_000, 4_000, 5_000], cost: 0 });
      await rollUp(within);
      expect(await savedUsd(within)).toEqual(['5432']);
    }),
  );
});
