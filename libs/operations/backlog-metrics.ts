import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { Metrics, type Reading } from '#libs/platform/telemetry/metrics.js';
import { type Backlog, BacklogRepository } from './backlog.repository.js';
import { LeaderCollector } from './leader-collector.js';

type Budget = Pick<Env, 'VALIDATION_DAILY_TOKENS' | 'VALIDATION_DAILY_USD'>;
interface Gauge {
  name: string;
  help: string;
  label?: string;
  /** Values by label. */
  of: (backlog: Backlog, budget: Budget) => Record<string, number | null>;
}

const GAUGES: Gauge[] = [
  {
    name: 'outbox_entries',
    help: 'Switches without an audit row: waiting, or dead letters.',
    label: 'state',
    of: ({ outboxWaiting, outboxDead }) => ({ waiting: outboxWaiting, dead: outboxDead }),
  },
  {
    name: 'outbox_lag_seconds',
    help: 'Age of the oldest waiting entry of the outbox.',
    of: one('outboxLag'),
  },
  {
    name: 'audit_missing_rows',
    help: 'Switches of the last hour that have no audit row and do not wait for one.',
    of: one('auditMissing'),
  },
  {
    name: 'audit_unsealed_rows',
    help: 'Audit rows that wait for their entry in the hash chain.',
    of: one('sealWaiting'),
  },
  {
    name: 'audit_seal_lag_seconds',
    help: 'Age of the audit row that has waited longest.',
    of: one('sealLag'),
  },
  {
    name: 'notification_lag_seconds',
    help: 'Age of the oldest notification that is not published yet.',
    of: one('notificationLag'),
  },
  {
    name: 'usage_batches_waiting',
    help: 'Batches of calls that are not rolled up yet.',
    of: one('rollUpWaiting'),
  },
  {
    name: 'unreviewed_calls',
    help: 'Calls of the last day in reviewed use cases that another model than the active one or a candidate has answered.',
    of: one('unreviewedCalls'),
  },
  {
    name: 'model_moves',
    help: 'Moves off models: running, paused, and those that failed within a day.',
    label: 'state',
    of: ({ movesRunning, movesPaused, movesFailed }) => ({
      running: movesRunning,
      paused: movesPaused,
      failed: movesFailed,
    }),
  },
  {
    name: 'model_move_silence_seconds',
    help: 'Since the last step of a move off a model that runs; 0: none runs.',
    of: one('moveSilence'),
  },
  {
    name: 'change_requests',
    help: 'Open change requests: proposed, approved or scheduled.',
    label: 'state',
    of: ({ openChanges }) => ({ proposed: 0, approved: 0, scheduled: 0, ...openChanges }),
  },
  {
    name: 'change_requests_missed',
    help: 'Change requests that missed their time within a day and expired.',
    of: one('changesMissed'),
  },
  {
    name: 'change_reviews_overdue',
    help: 'Changes without approvals whose review is overdue.',
    of: one('reviewsOverdue'),
  },
  {
    name: 'singleton_loop_silence_seconds',
    help: 'Since the last step of a loop that one worker runs at a time.',
    label: 'loop',
    of: ({ loopSilences }) => loopSilences,
  },
  {
    name: 'unreviewed_moves',
    help: 'Edits of reviewed use cases without an applied change, that are no safety move either.',
    of: one('unreviewedMoves'),
  },
  {
    name: 'channels',
    help: 'Channels that get no notifications: their latest attempt failed, or they are disabled.',
    label: 'state',
    of: ({ channelsFailing, channelsDisabled }) => ({
      failing: channelsFailing,
      disabled: channelsDisabled,
    }),
  },
  { name: 'validation_sweep_age_seconds', help: 'Since the last sweep that ended.', of: one('sweepAge') },
  {
    name: 'validation_budget_used_ratio',
    help: 'Share of the daily budget that the probes of sweeps have used; 1 is all of it.',
    label: 'budget',
    of: ({ probeTokens, probeUsd }, budget) => ({
      tokens: ratio(probeTokens, budget.VALIDATION_DAILY_TOKENS),
      usd: ratio(probeUsd, budget.VALIDATION_DAILY_USD),
    }),
  },
];

function one(field: Exclude<keyof Backlog, 'loopSilences' | 'openChanges'>): Gauge['of'] {
  return (backlog) => ({ '': backlog[field] });
}

/** A budget of 0 is deliberate: no probes run, and none of it is used. */
const ratio = (spent: number, budget: number): number => (budget === 0 ? 0 : spent / budget);

/** Exports the backlog in PostgreSQL. */
@Injectable()
export class BacklogMetrics implements OnModuleInit {
  private readonly backlog: () => Promise<Backlog | undefined>;

  constructor(
    repository: BacklogRepository,
    collector: LeaderCollector,
    private readonly metrics: Metrics,
    @Inject(ENV) private readonly env: Budget,
  ) {
    this.backlog = collector.shared('the backlog', () => repository.read());
  }

  onModuleInit(): void {
    for (const { name, help, label, of } of GAUGES)
      this.metrics.gauge({ name, help, labels: label ? [label] : [] }, async () => {
        const backlog = await this.backlog();
        return backlog ? readings(of(backlog, this.env), label) : [];
      });
  }
}

const readings = (values: Record<string, number | null>, label: string | undefined): Reading<string>[] =>
  Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [{ labels: label ? { [label]: name } : {}, value }],
  );
