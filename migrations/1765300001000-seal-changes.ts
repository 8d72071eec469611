import type { MigrationInterface, QueryRunner } from 'typeorm';

const SWITCHES = ['switch_events', 'bedrock_model_switches'];

/** Null on switches of conversations, and on those of earlier releases. */
const BASIS = `
  ADD COLUMN change_id uuid,
  ADD COLUMN approved_by text[],
  ADD COLUMN basis text CHECK (basis IN ('direct', 'change', 'break_glass', 'safety_move', 'report'))`;

const SEALS = `
ALTER TABLE audit_seals ADD COLUMN format smallint CHECK (format > 0),
  DROP CONSTRAINT audit_seals_kind_check, DROP CONSTRAINT audit_seals_check,
  ADD CONSTRAINT audit_seals_kind_check CHECK (kind IN ('switch', 'erasure', 'decision')),
  ADD CONSTRAINT audit_seals_commitment_check CHECK ((kind <> 'erasure') = (commitment IS NOT NULL));
COMMENT ON COLUMN audit_seals.format IS 'version of the canonical form of the row; null: 1, of a release that knew no other';
CREATE TRIGGER await_seal AFTER INSERT ON change_decisions FOR EACH ROW EXECUTE FUNCTION await_seal('decision');`;

const UNSEALED = `
DROP TRIGGER await_seal ON change_decisions;
DELETE FROM audit_unsealed WHERE kind = 'decision';
ALTER TABLE audit_seals DROP COLUMN format,
  DROP CONSTRAINT audit_seals_kind_check, DROP CONSTRAINT audit_seals_commitment_check,
  ADD CONSTRAINT audit_seals_kind_check CHECK (kind IN ('switch', 'erasure')),
  ADD CONSTRAINT audit_seals_check CHECK ((kind = 'switch') = (commitment IS NOT NULL));`;

const EDITS = `
CREATE TABLE reviewed_edits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  use_case text NOT NULL,
  what text NOT NULL CHECK (what IN ('active_model', 'candidates', 'policy')),
  actor text NOT NULL,
  request_id text,
  switch_seq bigint,
  before jsonb,
  after jsonb,
  edited_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE reviewed_edits IS 'every edit of the active model, the candidates or the control of a reviewed use case, by anybody';
COMMENT ON COLUMN reviewed_edits.switch_seq IS 'number of the switch that changed the active model; null: no switch did';
CREATE INDEX reviewed_edits_use_case ON reviewed_edits (use_case, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reviewed_edits
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION record_reviewed_edit(use_case text, what text, seq bigint, before jsonb, after jsonb) RETURNS void
LANGUAGE sql SET search_path FROM CURRENT AS $$
  INSERT INTO reviewed_edits (use_case, what, actor, request_id, switch_seq, before, after)
  VALUES (use_case, what, coalesce(nullif(current_setting('orchestrator.actor', true), ''), 'sql:' || session_user),
    nullif(current_setting('orchestrator.request_id', true), ''), seq, before, after)
$$;

CREATE FUNCTION record_reviewed_use_case() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF OLD.active_model_id IS DISTINCT FROM NEW.active_model_id THEN
    PERFORM record_reviewed_edit(NEW.name, 'active_model',
      CASE WHEN NEW.switch_seq = OLD.switch_seq + 1 THEN NEW.switch_seq END,
      to_jsonb(OLD.active_model_id), to_jsonb(NEW.active_model_id));
  END IF;
  IF (OLD.control, OLD.approvals, OLD.approver_group) IS DISTINCT FROM (NEW.control, NEW.approvals, NEW.approver_group) THEN
    PERFORM record_reviewed_edit(NEW.name, 'policy', NULL,
      jsonb_build_object('control', OLD.control, 'approvals', OLD.approvals, 'approverGroup', OLD.approver_group),
      jsonb_build_object('control', NEW.control, 'approvals', NEW.approvals, 'approverGroup', NEW.approver_group));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER record_reviewed AFTER UPDATE OF active_model_id, control, approvals, approver_group ON use_cases FOR EACH ROW
  WHEN (OLD.control = 'reviewed') EXECUTE FUNCTION record_reviewed_use_case();

CREATE FUNCTION record_reviewed_candidates() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  named text := coalesce(new_row, old_row) ->> 'use_case';
BEGIN
  IF EXISTS (SELECT FROM use_cases WHERE name = named AND control = 'reviewed') THEN
    PERFORM record_reviewed_edit(named, 'candidates', NULL, old_row, new_row);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER record_reviewed AFTER INSERT OR UPDATE OR DELETE ON use_case_candidates FOR EACH ROW
  EXECUTE FUNCTION record_reviewed_candidates();`;

/**
 * An edit is reviewed if an applied change has its use case and made it, or if it is a switch for safety within the
 * candidates, as the gate has recorded.
 */
const VIEW = `
CREATE VIEW unreviewed_moves AS
SELECT r.id, r.use_case, r.what, r.actor, r.request_id, r.before, r.after, r.edited_at
FROM reviewed_edits r
LEFT JOIN switch_events e ON r.what = 'active_model' AND e.conversation_id IS NULL AND e.use_case = r.use_case
  AND e.seq = r.switch_seq AND to_jsonb(e.new_model_id) = r.after
LEFT JOIN change_requests c ON c.state = 'applied' AND r.use_case = ANY (c.use_cases)
  AND c.id::text = CASE WHEN r.what = 'active_model' THEN e.change_id::text ELSE r.request_id END
WHERE CASE WHEN r.what = 'active_model' THEN e.basis IN ('safety_move', 'report') OR (e.basis IN ('change', 'break_glass') AND c.id IS NOT NULL)
  ELSE c.id IS NOT NULL END IS NOT TRUE;
COMMENT ON VIEW unreviewed_moves IS
  'edits of reviewed use cases without an applied change, that are no safety move either: empty, unless somebody went around the review';`;

const FUNCTIONS = [
  'record_reviewed_candidates()',
  'record_reviewed_use_case()',
  'record_reviewed_edit(text, text, bigint, jsonb, jsonb)',
];

/** Ties switches to their changes, seals what people decide, and shows what went around the review. */
export class SealChanges1765300001000 implements MigrationInterface {
  readonly creates = ['reviewed_edits', 'unreviewed_moves'];

  async up(db: QueryRunner): Promise<void> {
    for (const table of SWITCHES) await db.query(`ALTER TABLE ${table} ${BASIS}`);
    for (const statement of [SEALS, EDITS, VIEW]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP VIEW unreviewed_moves');
    for (const table of ['use_case_candidates', 'use_cases'])
      await db.query(`DROP TRIGGER record_reviewed ON ${table}`);
    await db.query('DROP TABLE reviewed_edits');
    for (const each of FUNCTIONS) await db.query(`DROP FUNCTION ${each}`);
    await db.query(UNSEALED);
    for (const table of SWITCHES)
      await db.query(
        `ALTER TABLE ${table} DROP COLUMN change_id, DROP COLUMN approved_by, DROP COLUMN basis`,
      );
  }
}
