import { z } from 'zod';
import { plain } from './output.js';
import { type Column, type Page, shownDecimal, shownTime, table } from './page.js';

const number = z.number();
const usd = z.string().nullable();
const times = z.object({ mean: number, p50: number.nullish(), p95: number.nullish() }).nullish();
export const usageRow = z.object({
  key: z.string(),
  calls: number,
  failed: number,
  guardrailIntervened: number.optional(),
  fallbacks: number,
  inputTokens: number,
  outputTokens: number,
  totalTokens: number,
  latencyMs: times,
  firstTextMs: times,
});
export const costRow = z.object({ key: z.string(), calls: number, costUsd: usd, unknownCostCalls: number });
const switches = z.object({
  switches: number,
  estimatedUsd: usd,
  unknownEstimates: number,
  savedUsd: usd,
  savingCalls: number,
  unknownSavings: number,
});

const unknownCosts = z.array(z.object({ modelId: z.string(), reason: z.string(), calls: number }));

export const callForms = z.object({
  wire: z.string(),
  bodyFamily: z.string().nullish(),
  calls: number,
  forms: z.array(z.object({ form: z.string(), calls: number })),
});

type CallForms = z.infer<typeof callForms>;
type Usage = z.infer<typeof usageRow>;
type Cost = z.infer<typeof costRow>;
type Times = z.infer<typeof times>;
type Answer = Readonly<Record<string, unknown>>;

/** `1834800` as `1,834,800`. */
const counted = (count: number) => count.toLocaleString('en-US');
const known = (amount: string | null) => (amount === null ? 'unknown' : shownDecimal(amount));
/** The median where there is one, else the mean. */
const typical = (time: Times) => (time ? counted(time.p50 ?? time.mean) : '-');
const slow = (time: Times) => (time?.p95 ? counted(time.p95) : '-');

const USAGE: readonly Column<Usage>[] = [
  { head: 'CALLS', cell: ({ calls }) => counted(calls) },
  { head: 'FAILED', cell: ({ failed }) => counted(failed), dropOrder: 3 },
  { head: 'GUARDRAIL', cell: ({ guardrailIntervened }) => counted(guardrailIntervened ?? 0), dropOrder: 4 },
  { head: 'FELL BACK', cell: ({ fallbacks }) => counted(fallbacks), dropOrder: 4 },
  { head: 'TOKENS IN', cell: ({ inputTokens }) => counted(inputTokens), dropOrder: 1 },
  { head: 'TOKENS OUT', cell: ({ outputTokens }) => counted(outputTokens), dropOrder: 1 },
  { head: 'TOKENS', cell: ({ totalTokens }) => counted(totalTokens) },
  { head: 'MS', cell: ({ latencyMs }) => typical(latencyMs) },
  { head: 'MS (P95)', cell: ({ latencyMs }) => slow(latencyMs), dropOrder: 5 },
  { head: 'FIRST TEXT MS', cell: ({ firstTextMs }) => typical(firstTextMs), dropOrder: 2 },
];

const COSTS: readonly Column<Cost>[] = [
  { head: 'CALLS', cell: ({ calls }) => counted(calls) },
  { head: 'COST USD', cell: ({ costUsd }) => known(costUsd) },
  { head: 'WITHOUT KNOWN COST', cell: ({ unknownCostCalls }) => counted(unknownCostCalls) },
];

const FORMS: readonly Column<CallForms & { form?: string }>[] = [
  { head: 'WIRE', cell: ({ wire }) => wire },
  { head: 'BODY', cell: ({ bodyFamily }) => bodyFamily ?? '-' },
  { head: 'FORM', cell: ({ form }) => form ?? 'all' },
  { head: 'CALLS', cell: ({ calls }) => counted(calls) },
];

/** All calls of a wire and a family of bodies on one line, and a line for each of their forms. */
export function formsScreen(groups: readonly CallForms[], page: Page, answer: Answer): string {
  const rows = groups.flatMap((group) => [group, ...group.forms.map((form) => ({ ...group, ...form }))]);
  return [table(page, FORMS, rows), ...incomplete(answer)].join('\n\n');
}

export function usageScreen(groupBy: string, rows: readonly Usage[], page: Page, answer: Answer): string {
  return [
    withTotals(groupBy, USAGE, { rows, total: usageRow.safeParse(totalsOf(answer)).data }, page),
    ...incomplete(answer),
  ].join('\n\n');
}

export function costsScreen(groupBy: string, rows: readonly Cost[], page: Page, answer: Answer): string {
  return [
    withTotals(groupBy, COSTS, { rows, total: costRow.safeParse(totalsOf(answer)).data }, page),
    ...missingPrices(answer),
    ...savings(answer),
    ...incomplete(answer),
  ].join('\n\n');
}

/** The last line is the sum of all groups, shown or not. */
function withTotals<Row extends { key: string }>(
  groupBy: string,
  columns: readonly Column<Row>[],
  { rows, total }: { rows: readonly Row[]; total: Row | undefined },
  page: Page,
): string {
  const key: Column<Row> = {
    head: groupBy.replace('-', ' ').toUpperCase(),
    cell: (row) => (groupBy === 'hour' ? shownTime(row.key) : row.key),
  };
  return table(page, [key, ...columns], total ? [...rows, total] : rows);
}

const totalsOf = ({ totals }: Answer) => ({ ...(totals as object | undefined), key: 'total' });

function missingPrices(answer: Answer): string[] {
  const missing = unknownCosts.safeParse(answer.unknownCosts).data ?? [];
  if (missing.length === 0) return [];
  const lines = missing.map(
    ({ modelId, reason, calls }) =>
      `   ${plain(modelId)}: ${plain(reason.replaceAll('_', ' '))} (${counted(calls)} calls)`,
  );
  return [['Missing prices:', ...lines].join('\n')];
}

function savings(answer: Answer): string[] {
  const figures = switches.safeParse(answer.switches).data;
  if (!figures || figures.switches === 0) return [];
  const { savingCalls, unknownEstimates, unknownSavings } = figures;
  return [
    [
      `Switches of these days: ${counted(figures.switches)}`,
      `   estimated to save: ${amount(figures.estimatedUsd)}${without(unknownEstimates, 'switches')}`,
      `   saved so far:      ${amount(figures.savedUsd)} in ${counted(savingCalls)} calls${without(unknownSavings, 'calls')}`,
    ].join('\n'),
  ];
}

const amount = (sum: string | null) => (sum === null ? 'unknown' : `${shownDecimal(sum)} USD`);
const without = (unknown: number, what: string) =>
  unknown > 0 ? ` (not known of ${counted(unknown)} ${what})` : '';

const incomplete = ({ complete }: Answer): string[] =>
  complete === false
    ? ['⚠️  Some calls are missing: they wait for a worker to add them up. Is one running?']
    : [];
