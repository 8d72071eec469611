import type { MigrationInterface, QueryRunner } from 'typeorm';

const POLICY = `
ALTER TABLE use_cases
  ADD COLUMN control text NOT NULL DEFAULT 'direct' CHECK (control IN ('direct', 'reviewed')),
  ADD COLUMN approvals smallint NOT NULL DEFAULT 1 CHECK (approvals BETWEEN 1 AND 5),
  ADD COLUMN approver_group text CHECK (length(approver_group) BETWEEN 1 AND 255),
  ADD COLUMN change_windows jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(change_windows) = 'array'),
  ADD COLUMN expires_after_days smallint NOT NULL DEFAULT 7 CHECK (expires_after_days BETWEEN 1 AND 90),
  ADD COLUMN late_by_minutes smallint NOT NULL DEFAULT 15 CHECK (late_by_minutes BETWEEN 0 AND 1440),
  ADD COLUMN frozen_until timestamptz;
COMMENT ON COLUMN use_cases.control IS 'reviewed: its active model and settings change by approved changes only';
COMMENT ON COLUMN use_cases.approver_group IS 'group of the people who may approve; null: anybody with the scope approve';
COMMENT ON COLUMN use_cases.change_windows IS 'times at which changes may be applied; none: always';
COMMENT ON COLUMN use_cases.frozen_until IS 'end of the last freeze that is present or ahead; null or past: no freeze to look up';`;

const NO_POLICY = `
ALTER TABLE use_cases DROP COLUMN control, DROP COLUMN approvals, DROP COLUMN approver_group, DROP COLUMN change_windows,
  DROP COLUMN expires_after_days, DROP COLUMN late_by_minutes, DROP COLUMN frozen_until`;

const REQUESTS = `
CREATE TABLE change_requests (
  id uuid PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('proposed', 'approved', 'scheduled', 'applying', 'applied', 'rejected', 'withdrawn',
    'expired', 'conflicted', 'failed')),
  revision integer NOT NULL DEFAULT 1 CHECK (revision > 0),
  hash text NOT NULL CHECK (length(hash) = 64),
  reason text NOT NULL,
  apply_at timestamptz,
  use_cases text[] NOT NULL,
  proposer text NOT NULL,
  editor text NOT NULL,
  origin text NOT NULL DEFAULT 'proposal' CHECK (origin IN ('proposal', 'fallback')),
  undoes uuid REFERENCES change_requests,
  created_at timestamptz NOT NULL,
  revised_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  failure jsonb,
  review_due_at timestamptz,
  reviewed_at timestamptz,
  CONSTRAINT an_end_has_a_time CHECK ((ended_at IS NULL) = (state IN ('proposed', 'approved', 'scheduled', 'applying'))),
  CONSTRAINT a_review_was_due CHECK (reviewed_at IS NULL OR review_due_at IS NOT NULL)
);
COMMENT ON TABLE change_requests IS 'changes of reviewed use cases: proposed by one person, approved by others, applied as a whole';
COMMENT ON COLUMN change_requests.hash IS 'SHA-256 of the canonical JSON of operations, versions and apply_at of this revision; approvals are of it';
COMMENT ON COLUMN change_requests.editor IS 'who made this revision';
COMMENT ON COLUMN change_requests.origin IS 'fallback: made by a fallback-switch of a key, for its review afterwards';
COMMENT ON COLUMN change_requests.undoes IS 'change whose recorded values this one restores';
COMMENT ON COLUMN change_requests.failure IS 'why it is conflicted or failed';
COMMENT ON COLUMN change_requests.review_due_at IS 'of a change without approvals: until when somebody has to review it';
CREATE INDEX change_requests_time ON change_requests (created_at DESC, id DESC);
CREATE INDEX change_requests_state ON change_requests (state, created_at DESC, id DESC);
CREATE INDEX change_requests_use_cases ON change_requests USING gin (use_cases);
CREATE INDEX change_requests_open ON change_requests (expires_at) WHERE ended_at IS NULL;
CREATE INDEX change_requests_due ON change_requests (apply_at) WHERE state = 'scheduled';
CREATE INDEX change_requests_review ON change_requests (review_due_at) WHERE review_due_at IS NOT NULL AND reviewed_at IS NULL;
CREATE UNIQUE INDEX change_requests_undone ON change_requests (undoes) WHERE undoes IS NOT NULL AND (ended_at IS NULL OR state = 'applied');`;

const OPERATIONS = `
CREATE TABLE change_operations (
  change_id uuid NOT NULL REFERENCES change_requests,
  revision integer NOT NULL CHECK (revision > 0),
  position smallint NOT NULL CHECK (position BETWEEN 1 AND 50),
  operation jsonb NOT NULL,
  scope text NOT NULL,
  expected_version text NOT NULL,
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  result jsonb,
  PRIMARY KEY (change_id, revision, position)
);
COMMENT ON TABLE change_operations IS 'operations of each revision of a change, in the order in which they are applied';
COMMENT ON COLUMN change_operations.scope IS 'use-case:<name> or model:<id>';
COMMENT ON COLUMN change_operations.expected_version IS 'version of a use case, or hash of the settings of a model, that the operation was made against';
COMMENT ON COLUMN change_operations.before IS 'values that an undo restores';
COMMENT ON COLUMN change_operations.result IS 'ids of what it made when it was applied; null: it was not applied';`;

const DECISIONS = `
CREATE TABLE change_decisions (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  change_id uuid NOT NULL REFERENCES change_requests,
  revision integer NOT NULL,
  hash text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('propose', 'revise', 'approve', 'reject', 'withdraw', 'schedule', 'lapse', 'apply', 'expire',
    'conflict', 'fail', 'break_glass', 'review_accepted', 'review_undo')),
  actor text NOT NULL,
  actor_groups text[] NOT NULL DEFAULT '{}',
  comment text,
  decided_at timestamptz NOT NULL
);
COMMENT ON TABLE change_decisions IS 'what people, and the service for them, decided about changes; append-only, and sealed';
COMMENT ON COLUMN change_decisions.actor_groups IS 'groups of a person at that time, which decide whether it may approve';
COMMENT ON COLUMN change_decisions.kind IS 'lapse: an approval does not count any more';
CREATE INDEX change_decisions_change ON change_decisions (change_id, seq);
CREATE INDEX change_decisions_actor ON change_decisions (actor, seq DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON change_decisions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

const FREEZES = `
CREATE TABLE freezes (
  id uuid PRIMARY KEY,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  use_cases text[] CHECK (cardinality(use_cases) > 0),
  reason text NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  ended_early_by text,
  ended_early_at timestamptz,
  CONSTRAINT a_freeze_is_of_at_most_90_days CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '90 days'),
  CONSTRAINT an_early_end_has_a_person CHECK ((ended_early_by IS NULL) = (ended_early_at IS NULL)),
  CONSTRAINT another_person_ends_a_freeze CHECK (ended_early_by <> made_by)
);
COMMENT ON TABLE freezes IS 'times in which use cases do not change, but for safety';
COMMENT ON COLUMN freezes.use_cases IS 'null: all';
CREATE INDEX freezes_end ON freezes (ends_at);`;

/** Adds the change policy of use cases, and what changes under review need. */
export class ReviewChanges1765300000000 implements MigrationInterface {
  readonly creates = ['change_requests', 'change_operations', 'change_decisions', 'freezes'];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [POLICY, REQUESTS, OPERATIONS, DECISIONS, FREEZES]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE freezes, change_decisions, change_operations, change_requests');
    await db.query(NO_POLICY);
  }
}
