import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import type { toSwitchView } from './switches.schemas.js';

type SwitchView = ReturnType<typeof toSwitchView>;

/** Columns of an export, in this order. */
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
  'requestId',
  'basis',
  'changeId',
  'approvedBy',
];

/** Numbers that may be negative: they cannot be mistaken for a formula. */
const NUMERIC = new Set<PropertyKey>(['costImpact', 'savedUsd']);
/** Also after blanks, and in full-width characters, as spreadsheets read them. */
const LOOKS_LIKE_FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/** Streams one line per switch. Cells that a spreadsheet would run as a formula are escaped. */
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

/** Streams one JSON object per line. */
export function ndjsonOf(switches: AsyncIterable<SwitchView>): StreamableFile {
  async function* lines() {
    for await (const each of switches) yield `${JSON.stringify(each, COLUMNS)}\n`;
  }
  return new StreamableFile(Readable.from(lines()), { type: 'application/x-ndjson' });
}
