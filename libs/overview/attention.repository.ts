import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

interface Counted {
  count: number;
  since: Date | null;
}

/** State of the tables that an operator must change. */
export interface Trouble {
  deadLetters: Counted;
  disabledWebhooks: Counted;
  disabledChannels: Counted;
  /** Moves that run, wait or are undone. */
  moves: { modelId: string; since: Date }[];
  /** End of the last completed sweep; null: none has completed. */
  sweptAt: Date | null;
  /** Start of a newer sweep that was to have ended since; null: there is none. */
  stuckSince: Date | null;
}

/** Entries of the outbox are counted up to this many. */
const MAX_COUNTED = 200_000;

/** The index `model_moves_active` has these moves only. */
const MOVES = `SELECT from_model_id AS "modelId", created_at AS since FROM model_moves
  WHERE state IN ('running', 'paused', 'undoing') ORDER BY created_at LIMIT 100`;

/** A sweep that has not ended after ten minutes counts as dead: see `beginSweep`. */
const TROUBLE = `
SELECT d.count AS dead, d.since AS "deadSince", w.count AS disabled, w.since AS "disabledSince",
  c.count AS "channelsDisabled", c.since AS "channelsDisabledSince",
  s.swept AS "sweptAt", (
    SELECT max(started_at) FROM validation_sweeps
    WHERE finished_at IS NULL AND started_at < now() - interval '10 minutes' AND started_at > coalesce(s.swept, '-infinity')
  ) AS "stuckSince"
FROM (SELECT count(dead_at)::int AS count, min(dead_at) AS since
      FROM (SELECT dead_at FROM outbox LIMIT ${MAX_COUNTED}) AS counted) AS d,
  (SELECT count(*)::int AS count, min(disabled_at) AS since FROM webhooks WHERE disabled_at IS NOT NULL) AS w,
  (SELECT count(*)::int AS count, min(disabled_at) AS since FROM channels WHERE disabled_at IS NOT NULL) AS c,
  (SELECT max(finished_at) AS swept FROM validation_sweeps) AS s`;

@Injectable()
export class AttentionRepository {
  constructor(private readonly db: DataSource) {}

  async read(): Promise<Trouble> {
    const [found] = await this.db.query(TROUBLE);
    const { dead, deadSince, disabled, disabledSince, sweptAt, stuckSince } = found;
    return {
      deadLetters: { count: dead, since: deadSince },
      disabledWebhooks: { count: disabled, since: disabledSince },
      disabledChannels: { count: found.channelsDisabled, since: found.channelsDisabledSince },
      moves: await this.db.query(MOVES),
      sweptAt,
      stuckSince,
    };
  }
}
