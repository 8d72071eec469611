import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { ChangePolicy, UseCasePolicy } from './change-policy.js';

const POLICIES = `SELECT name AS "useCase", control, approvals, approver_group AS "approverGroup", change_windows AS windows,
  expires_after_days AS "expiresAfterDays", late_by_minutes AS "lateByMinutes", version::float8 AS version,
  frozen_until AS "frozenUntil" FROM use_cases WHERE name = ANY($1) ORDER BY name`;

/** Stores the policies of use cases, in their columns. */
@Injectable()
export class ChangePoliciesRepository {
  constructor(private readonly db: DataSource) {}

  /** Returns the policies of the use cases that exist, by name. */
  async find(
    useCases: readonly string[],
    db: Pick<EntityManager, 'query'> = this.db,
  ): Promise<UseCasePolicy[]> {
    return db.query(POLICIES, [useCases]);
  }

  /** Lists the reviewed use cases that have windows, by name. @param after the last name of the page before */
  async listWindows(
    useCase: string | undefined,
    limit: number,
    after?: string,
  ): Promise<Pick<UseCasePolicy, 'useCase' | 'windows'>[]> {
    return this.db.query(
      `SELECT name AS "useCase", change_windows AS windows FROM use_cases
       WHERE control = 'reviewed' AND change_windows <> '[]' AND ($2::text IS NULL OR name = $2)
         AND ($3::text IS NULL OR name > $3) ORDER BY name LIMIT $1`,
      [limit, useCase, after],
    );
  }

  async save(useCase: string, policy: ChangePolicy, tx: Transaction): Promise<void> {
    await tx.query(
      `UPDATE use_cases SET control = $2, approvals = $3, approver_group = $4, change_windows = $5, expires_after_days = $6,
         late_by_minutes = $7, version = version + 1, updated_at = now() WHERE name = $1`,
      [
        useCase,
        policy.control,
        policy.approvals,
        policy.approverGroup,
        JSON.stringify(policy.windows),
        policy.expiresAfterDays,
        policy.lateByMinutes,
      ],
    );
  }
}
