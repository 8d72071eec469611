import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DateQuery, WithDateRange } from './analytics-query.js';
import type { CallForms } from './usage-figures.js';

const COLUMNS = {
  use_case: 'use_case AS "useCase"',
  wire: 'wire',
  body_family: `nullif(body_family, '') AS "bodyFamily"`,
};
type Column = keyof typeof COLUMNS;

/** Lists groups of `found`, each with its forms, most calls first. @param columns of a group */
const listOf = (found: string, columns: Column[], keys = columns.join(', ')) => `
WITH found AS (${found}),
by_form AS (
  SELECT ${keys}, form, sum(calls) AS calls FROM found CROSS JOIN LATERAL unnest(forms) AS form GROUP BY ${keys}, form),
listed AS (
  SELECT ${keys}, json_agg(json_build_object('form', form, 'calls', calls) ORDER BY calls DESC, form) AS forms
  FROM by_form GROUP BY ${keys}),
groups AS (SELECT ${keys}, sum(calls)::float8 AS calls FROM found GROUP BY ${keys})
SELECT ${columns.map((column) => COLUMNS[column]).join(', ')}, calls, coalesce(forms, '[]') AS forms
FROM groups LEFT JOIN listed USING (${keys}) ORDER BY calls DESC, wire, groups.body_family`;

const LIST = listOf(
  `SELECT wire, body_family, forms, sum(calls) AS calls FROM call_forms_by_day
   WHERE day BETWEEN $1::date AND $2::date AND ($3::text IS NULL OR use_case = $3) GROUP BY 1, 2, 3`,
  ['wire', 'body_family'],
);

/** Without the calls that a switch of the use case does not change. */
const FOLLOWING = listOf(
  `SELECT use_case, wire, body_family, forms, sum(calls - fixed_calls) AS calls FROM call_forms_by_day
   WHERE day BETWEEN $1::date AND $2::date AND use_case = ANY($3::text[]) GROUP BY 1, 2, 3, 4
   HAVING sum(calls - fixed_calls) > 0`,
  ['use_case', 'wire', 'body_family'],
);

/** Use cases and days, both inclusive. */
type Followed = Pick<WithDateRange<DateQuery>, 'from' | 'to'> & { useCases: string[] };

@Injectable()
export class CallFormsRepository {
  constructor(private readonly db: DataSource) {}

  /** Lists wires and families of bodies, most calls first. There are a few dozen of them at most. */
  async list({ from, to, useCase }: WithDateRange<DateQuery>): Promise<CallForms[]> {
    return this.db.query(LIST, [from, to, useCase]);
  }

  /** Lists those of each use case, of calls that followed it, most calls first. */
  async following({ from, to, useCases }: Followed): Promise<(CallForms & { useCase: string })[]> {
    return this.db.query(FOLLOWING, [from, to, useCases]);
  }
}
