import type { ScalingReport } from './scaling-report.js';
import type { Workload } from './simulation.js';

const SECONDS_OF_DAY = 86_400;
/** Rows of a table that a call, a switch and a conversation add. The others are roll-ups, which grow with users and days. */
const ROWS: Record<'call' | 'switch' | 'conversation', readonly string[]> = {
  call: ['model_invocations'],
  switch: [
    'switch_events',
    'bedrock_model_switches',
    'audit_seals',
    'audit_salts',
    'notifications',
    'notification_receipts',
    'switch_savings',
  ],
  conversation: ['ai_conversations', 'ai_conversation_follows'],
};

/** Bytes of one row of a table, and of its part of the indexes. @throws Error where it was not measured */
function rowOf({ tables }: ScalingReport, table: string): { row: number; indexes: number } {
  const size = tables.find((each) => each.table === table);
  if (!size) throw new Error(`the table ${table} was not measured`);
  return { row: size.tableBytes / size.rows, indexes: size.indexBytes / size.rows };
}

const indexBytesOf = (report: ScalingReport, tables: readonly string[]): number =>
  tables.reduce((sum, table) => sum + rowOf(report, table).indexes, 0);

const sumOf = (report: ScalingReport, tables: readonly string[]): number =>
  tables.reduce((sum, table) => sum + rowOf(report, table).row, indexBytesOf(report, tables));

/** Bytes that one call, switch or conversation leaves in PostgreSQL. */
export const bytesOf = (report: ScalingReport, what: keyof typeof ROWS): number => sumOf(report, ROWS[what]);

/** Tables of a switch that lose their rows with the notifications. */
const OF_NOTIFICATIONS = ['notifications', 'notification_receipts'];

/** Bytes of a switch that are never deleted. */
const bytesThatStay = (report: ScalingReport): number =>
  bytesOf(report, 'switch') - sumOf(report, OF_NOTIFICATIONS);

/** Bytes of their indexes. */
export const indexBytesThatStay = (report: ScalingReport): number =>
  indexBytesOf(report, ROWS.switch) - indexBytesOf(report, OF_NOTIFICATIONS);

interface Footprint {
  rowsOfDay: number;
  bytesOfDay: number;
  /** Of calls and notifications, when as many are dropped as are added. */
  retainedBytes: number;
  /** Of what is never deleted, in a year. */
  bytesOfYear: number;
  walBytesOfDay: number;
}

/** @param callsOfConversation in its life */
export function footprint(report: ScalingReport, workload: Workload, callsOfConversation: number): Footprint {
  const { calls } = workload;
  const switches = workload.switches + workload.useCaseSwitches;
  const conversations = calls / callsOfConversation;
  const ofDay = (perSecond: number) => perSecond * SECONDS_OF_DAY;
  const call = bytesOf(report, 'call');
  const notified = sumOf(report, OF_NOTIFICATIONS);
  const stays = switches * bytesThatStay(report) + conversations * bytesOf(report, 'conversation');
  const { retention, demands } = report;
  const rows =
    calls * ROWS.call.length + switches * ROWS.switch.length + conversations * ROWS.conversation.length;
  return {
    rowsOfDay: ofDay(rows),
    bytesOfDay: ofDay(calls * call + switches * notified + stays),
    retainedBytes:
      ofDay(calls * call) * retention.model_invocations +
      ofDay(switches * notified) * retention.notifications,
    bytesOfYear: ofDay(stays) * 365,
    walBytesOfDay: ofDay(calls * demands.call.walBytes + switches * demands.switch.walBytes),
  };
}
