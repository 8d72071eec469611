import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DateQuery, WithDateRange } from './analytics-query.js';
import type { CallForms } from './usage-figures.js';

const LIST = `
WITH found AS (
  SELECT wire, body_family, forms, sum(calls) AS calls FROM call_forms_by_day
  WHERE day BETWEEN $1::date AND $2::date AND ($3::text IS NULL OR use_case = $3) GROUP BY 1, 2, 3),
by_form AS (
  SELECT wire, body_family, form, sum(calls) AS calls FROM found CROSS JOIN LATERAL unnest(forms) AS form GROUP BY 1, 2, 3),
listed AS (
  SELECT wire, body_family, json_agg(json_build_object('form', form, 'calls', calls) ORDER BY calls DESC, form) AS forms
  FROM by_form GROUP BY 1, 2)
SELECT wire, nullif(body_family, '') AS "bodyFamily", sum(calls)::float8 AS calls,
       coalesce((SELECT forms FROM listed l WHERE (l.wire, l.body_family) = (f.wire, f.body_family)), '[]') AS forms
FROM found f GROUP BY wire, body_family ORDER BY 3 DESC, 1, 2`;

@Injectable()
export class CallFormsRepository {
  constructor(private readonly db: DataSource) {}

  /** Lists wires and families of bodies, most calls first. There are a few dozen of them at most. */
  async list({ from, to, useCase }: WithDateRange<DateQuery>): Promise<CallForms[]> {
    return this.db.query(LIST, [from, to, useCase]);
  }
}
