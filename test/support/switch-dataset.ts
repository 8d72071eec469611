import { HAIKU, NOVA_LITE, NOVA_MICRO, SONNET, type SwitchRow } from './switch-rows.js';

export const MIDNIGHT = "date_trunc('day', now())";
/** Between midnight and now, n eighths of the way: always today, always in this order. */
const today = (n: number) => `${MIDNIGHT} + (now() - ${MIDNIGHT}) * ${n} / 8`;
const YESTERDAY = `${MIDNIGHT} - interval '1 microsecond'`;
const insideOf = (days: number) => `now() - interval '${days} days' + interval '1 microsecond'`;
const outsideOf = (days: number) => `now() - interval '${days} days'`;

type Given = Omit<SwitchRow, 'at' | 'from' | 'to'>;
const switched = (at: string, [from, to]: [string, string], row: Given): SwitchRow => ({
  at,
  from,
  to,
  ...row,
});
const cheaper: [string, string] = [SONNET, NOVA_LITE];
const byHand = { action: 'manual_switch', reason: 'Cost optimization' } as const;
const auto = { action: 'auto_switch' } as const;
const everybody = { action: 'manual_switch', conversation: null, reason: 'For everybody' } as const;
const fallback = { action: 'fallback_switch', reason: 'Rate limit exceeded' } as const;

/** Newest first. Each window has a row a microsecond within its edge, and one on the edge, which is out. */
export const KNOWN_SWITCHES: SwitchRow[] = [
  switched('now()', cheaper, { ...byHand, user: 'anna', conversation: 'a-1', saves: '0.25' }),
  switched(today(6), cheaper, { ...fallback, user: 'ben', conversation: 'b-1', saves: '0.5' }),
  switched(today(4), cheaper, { ...byHand, user: 'cleo', conversation: 'c-1' }),
  switched(today(2), [SONNET, HAIKU], { ...everybody, user: 'service:cli', saves: '4000000.5' }),
  switched(MIDNIGHT, [NOVA_LITE, SONNET], { ...auto, user: 'anna', conversation: 'a-1', saves: '-0.25' }),
  switched(YESTERDAY, [NOVA_LITE, HAIKU], { ...byHand, user: 'ben', conversation: 'b-1' }),
  switched(insideOf(7), cheaper, { ...byHand, user: 'anna', conversation: 'a-2', saves: '1.000001' }),
  switched(outsideOf(7), [NOVA_LITE, NOVA_MICRO], {
    ...auto,
    user: 'anna',
    conversation: 'a-2',
    saves: '0.1',
  }),
  switched(insideOf(30), cheaper, { ...auto, user: 'anna', conversation: 'a-1', saves: '2' }),
  switched(outsideOf(30), cheaper, { ...auto, user: 'anna', conversation: 'a-1', saves: '100' }),
  ...Array.from({ length: 15 }, (_, day) =>
    switched(outsideOf(31 + day), [NOVA_LITE, NOVA_MICRO], { ...auto, user: 'dora', conversation: 'd-1' }),
  ),
];
