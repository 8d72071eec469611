import { Inject, Injectable } from '@nestjs/common';
import { PersonGroups } from '#libs/people/person-groups.service.js';
import { PersonSources } from '#libs/people/person-sources.service.js';
import { RevokedSessions } from '#libs/people/revoked-sessions.service.js';
import { scopesOfRoles } from '#libs/platform/auth/person.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { approvalsOf, type ChangeDecision, type ChangeRequestDetails } from './change-request.js';

const PERSON = 'person:';
const idOf = (actor: string): string => actor.slice(PERSON.length);

/** Approvals of a change, by whether they still count. */
export interface CountedApprovals {
  valid: ChangeDecision[];
  /** Of people who have lost the right to approve since. */
  lapsed: ChangeDecision[];
}

/** Knows who may approve, and whose approvals still count. */
@Injectable()
export class ApprovalRights {
  constructor(
    private readonly people: PersonGroups,
    private readonly sessions: RevokedSessions,
    private readonly sources: PersonSources,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Returns whether any source of persons gives somebody the scope approve. */
  get hasApprovers(): boolean {
    return this.sources.give('approve');
  }

  /**
   * Sorts the approvals of the present revision. One counts while the groups of the person's newest token give the scope
   * approve, and its sessions were not all ended since.
   */
  async count(change: ChangeRequestDetails, tx: Transaction): Promise<CountedApprovals> {
    const approvals = approvalsOf(change);
    if (approvals.length === 0) return { valid: [], lapsed: [] };
    const given = approvals.map(({ actor, decidedAt }) => ({ personId: idOf(actor), at: decidedAt }));
    const groups = await this.people.of(
      given.map(({ personId }) => personId),
      tx,
    );
    const ended = await this.sessions.endedAfter(given, tx);
    const known = approvals.map((approval) => ({
      ...approval,
      groups: groups.get(idOf(approval.actor)) ?? approval.groups,
    }));
    const isValid = ({ actor, groups: of }: ChangeDecision) =>
      !ended.includes(idOf(actor)) && scopesOfRoles(of, this.env.OIDC_ROLES).has('approve');
    return { valid: known.filter(isValid), lapsed: known.filter((approval) => !isValid(approval)) };
  }
}
