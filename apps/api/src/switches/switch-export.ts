import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import type { toSwitchView } from './switches.schemas.js';

type SwitchView = ReturnType<typeof toSwitchView>;

/** What an export holds, in this order. */
const COLUMNS: (keyof SwitchView)[] = [
  'id',
  'seq',
  'scope',
  'conversationId',
  'useCase',
  'userId',
  'actor',
  'onBehalfOf',
  'action',
  'type',
  'previousModelId',
  'newModelId',
  'reason',
  'costImpact',
  'costImpactHorizon',
  'notificationShown',
  'status',
  'timestamp',
  'savedUsd',
];

/** Numbers that may be negative: they need no guard against being taken for a formula. */
const NUMERIC = new Set<PropertyKey>(['costImpact', 'savedUsd']);
/** Also behind blanks, and in full width, as spreadsheets read it. */
const LOOKS_LIKE_FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/** One line each, as they are read; a cell that a spreadsheet would run as a formula is disarmed. */
export function csvOf(switches: AsyncIterable<SwitchView>): StreamableFile {
  const lines = Readable.from(switches).pipe(
    stringify({
      header: true,
      columns: COLUMNS,
      cast: {
        boolean: (value) => String(value),
        string: (value, { column }) =>
          LOOKS_LIKE_FORMULA.test(value) && !NUMERIC.has(column ?? '') ? `'${value}` : value,
      },
    }),
  );
  return new StreamableFile(lines, {
    type: 'text/csv; charset=utf-8',
    disposition: 'attachment; filename="switches.csv"',
  });
}

/** One JSON object a line. */
export function ndjsonOf(switches: AsyncIterable<SwitchView>): StreamableFile {
  async function* lines() {
    for await (const each of switches) yield `${JSON.stringify(each, COLUMNS)}\n`;
  }
  return new StreamableFile(Readable.from(lines()), { type: 'application/x-ndjson' });
}
