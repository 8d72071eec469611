import type { MigrationInterface, QueryRunner } from 'typeorm';

const MOVES = `
CREATE TABLE model_moves (
  id uuid PRIMARY KEY,
  from_model_id text NOT NULL,
  to_model_id text CHECK (to_model_id <> from_model_id),
  reason text NOT NULL,
  notification_shown boolean NOT NULL,
  actor text NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'paused', 'aborted', 'done', 'undoing', 'undone', 'failed')),
  use_cases text[] NOT NULL,
  plan jsonb NOT NULL,
  staying jsonb NOT NULL,
  pass smallint NOT NULL DEFAULT 1 CHECK (pass IN (1, 2)),
  position text NOT NULL DEFAULT '',
  total integer NOT NULL,
  moved integer NOT NULL DEFAULT 0,
  skipped integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  undo_actor text,
  undo_total integer,
  undo_restored integer NOT NULL DEFAULT 0,
  undo_kept integer NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  heartbeat_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  next_step_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT an_undo_has_an_actor CHECK ((undo_actor IS NULL) = (undo_total IS NULL))
);
COMMENT ON TABLE model_moves IS 'moves of everything that runs on a model; the id of a move is the request_id of its switches';
COMMENT ON COLUMN model_moves.to_model_id IS 'null: to the best candidate of each use case';
COMMENT ON COLUMN model_moves.use_cases IS 'use cases whose pinned conversations move';
COMMENT ON COLUMN model_moves.plan IS 'use cases of the preview, at the start of the move';
COMMENT ON COLUMN model_moves.staying IS 'what stays on the model, with the reason';
COMMENT ON COLUMN model_moves.position IS 'last conversation, of an undo last switch, of the last step';
COMMENT ON COLUMN model_moves.total IS 'pinned conversations';
COMMENT ON COLUMN model_moves.attempts IS 'failed steps since the last one that succeeded';
CREATE UNIQUE INDEX model_moves_active ON model_moves (from_model_id) WHERE state IN ('running', 'paused', 'undoing');
CREATE INDEX model_moves_time ON model_moves (created_at DESC, id DESC);
CREATE INDEX model_moves_age ON model_moves (ended_at);`;

const ITEMS = `
CREATE TABLE model_move_items (
  move_id uuid NOT NULL REFERENCES model_moves ON DELETE CASCADE,
  switch_id uuid NOT NULL,
  conversation_id text,
  use_case text NOT NULL,
  seq bigint NOT NULL,
  previous_pin jsonb,
  state text NOT NULL DEFAULT 'moved' CHECK (state IN ('moved', 'restored', 'kept')),
  PRIMARY KEY (move_id, switch_id)
);
COMMENT ON TABLE model_move_items IS 'switches of moves, and what an undo restores; without a conversation: of the use case';
COMMENT ON COLUMN model_move_items.seq IS 'of the switch; a later one of its scope means that an undo keeps it';`;

/** Creates moves off models, with their switches. */
export class MoveOffModels1765100000000 implements MigrationInterface {
  readonly creates = ['model_moves', 'model_move_items'];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [MOVES, ITEMS]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE model_move_items, model_moves');
  }
}
