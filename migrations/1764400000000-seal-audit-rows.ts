import type { MigrationInterface, QueryRunner } from 'typeorm';

const SEALS = `
CREATE TABLE audit_seals (
  position bigint PRIMARY KEY CHECK (position > 0),
  kind text NOT NULL CHECK (kind IN ('switch', 'erasure')),
  subject_id uuid NOT NULL UNIQUE,
  commitment bytea CHECK ((kind = 'switch') = (commitment IS NOT NULL)),
  hash bytea NOT NULL,
  sealed_at timestamptz,
  key_id text,
  signature bytea CHECK ((key_id IS NULL) = (signature IS NULL) AND (signature IS NULL OR sealed_at IS NOT NULL))
);
COMMENT ON TABLE audit_seals IS 'the hash chain over the audit rows, one entry each: see docs/adr/0020-audit-rows-are-sealed-in-a-hash-chain.md';
COMMENT ON COLUMN audit_seals.sealed_at IS 'set on the last entry of a batch, which is a checkpoint: its hash stands for everything up to it';
CREATE INDEX audit_seals_checkpoints ON audit_seals (position) WHERE sealed_at IS NOT NULL;

CREATE TABLE audit_salts (
  subject_id uuid PRIMARY KEY,
  salt bytea NOT NULL
);
COMMENT ON TABLE audit_salts IS 'what ties the commitment of an entry to the person in its row; without it the commitment says nothing';

CREATE TABLE audit_unsealed (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  subject_id uuid NOT NULL
);
COMMENT ON TABLE audit_unsealed IS 'rows that wait for their seal: written by the transaction that writes the row, so that none is skipped whenever it commits';
CREATE INDEX audit_unsealed_subject ON audit_unsealed (subject_id);

CREATE FUNCTION await_seal() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO audit_unsealed (kind, subject_id) VALUES (TG_ARGV[0], NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER await_seal AFTER INSERT ON bedrock_model_switches FOR EACH ROW EXECUTE FUNCTION await_seal('switch');
INSERT INTO audit_unsealed (kind, subject_id) SELECT 'switch', id FROM bedrock_model_switches ORDER BY created_at, id;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON audit_salts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/** The chain that shows whether audit rows were changed, removed or added afterwards. */
export class SealAuditRows1764400000000 implements MigrationInterface {
  readonly creates = ['audit_seals', 'audit_salts', 'audit_unsealed'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(SEALS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER await_seal ON bedrock_model_switches');
    await db.query('DROP FUNCTION await_seal()');
    await db.query('DROP TABLE audit_unsealed, audit_salts, audit_seals');
  }
}
