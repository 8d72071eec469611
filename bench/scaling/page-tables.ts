import { fit } from './capacity.js';
import { limitName } from './capacity-figures.js';
import { footprint } from './footprint.js';
import { MIX, type Sources, workloadOf } from './mix.js';
import { bytes, markdownOf, milliseconds, number } from './page-template.js';

const CALLS = [1, 10, 40, 100, 1_000];
const MILLION = 1_000_000;
const MAX_FOLLOWERS = 10 * MILLION;
const TABLES = [
  'model_invocations',
  'ai_conversations',
  'ai_conversation_follows',
  'switch_events',
  'bedrock_model_switches',
  'audit_seals',
  'audit_salts',
  'switch_savings',
  'notifications',
  'notification_receipts',
];

export function followersTable({ scaling: { followers } }: Sources): string {
  const rows = followers.map(({ followers: count, p50Ms, p99Ms, walBytes, dryRunMs }) => [
    count.toLocaleString('en'),
    ...[milliseconds(p50Ms), milliseconds(p99Ms), bytes(walBytes), milliseconds(dryRunMs), 'measured'],
  ]);
  const beyond = [
    MAX_FOLLOWERS.toLocaleString('en'),
    ...['as above', 'as above', 'as above', 'as with a million'],
    'extrapolated: no statement of a switch reads or writes by followers',
  ];
  const isMeasured = followers.some(({ followers: count }) => count === MAX_FOLLOWERS);
  return markdownOf({
    columns: ['followers', 'switch, p50', 'switch, p99', 'WAL', 'dry run', 'known'],
    rows: isMeasured ? rows : [...rows, beyond],
  });
}

export const workloadsTable = (sources: Sources): string =>
  markdownOf({
    columns: [
      ...['calls a second', 'first limit', 'apis', 'workers', 'cores of PostgreSQL', 'connections'],
      ...['rows a day', 'calls and notifications kept', 'for ever, a year', 'WAL a day'],
    ],
    rows: CALLS.map((calls) => workloadRow(calls, sources)),
  });

function workloadRow(calls: number, { scaling, times }: Sources): string[] {
  const workload = workloadOf(calls);
  const { parts, first } = fit(workload, times);
  const { rowsOfDay, retainedBytes, bytesOfYear, walBytesOfDay } = footprint(
    scaling,
    workload,
    MIX.callsOfConversation,
  );
  const needed = parts
    ? [parts.api, parts.worker, parts.postgres, (parts.api + parts.worker) * times.poolSize].map(String)
    : ['none carries it', '', '', ''];
  const sizes = [retainedBytes, bytesOfYear, walBytesOfDay].map(bytes);
  return [number(calls), limitName(first), ...needed, number(rowsOfDay), ...sizes];
}

export const tableSizesTable = ({ scaling: { tables } }: Sources): string =>
  markdownOf({
    columns: ['table', 'a million rows', 'their indexes'],
    rows: TABLES.map((name) => {
      const { rows, tableBytes, indexBytes } = tables.find(({ table }) => table === name)!;
      return [`\`${name}\``, ...[tableBytes, indexBytes].map((size) => bytes((size / rows) * MILLION))];
    }),
  });
