import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first key of a name has the name, as webhooks and idempotency keys of the release before have it. */
const mayHave = (name: string) => `${name} <> 'bootstrap' AND ${name} NOT LIKE 'key:%'`;

const STATEMENTS = [
  'ALTER TABLE service_keys ADD COLUMN owner text',
  `COMMENT ON COLUMN service_keys.owner IS
    'what webhooks, limits and idempotency keys belong to: the same for a key and its successors by rotation, and no other; a trigger knows'`,
  `WITH RECURSIVE families AS (
     SELECT id, replaced_by, id AS first, name, created_at FROM service_keys k
     WHERE NOT EXISTS (SELECT FROM service_keys old WHERE old.replaced_by = k.id)
     UNION ALL
     SELECT k.id, k.replaced_by, f.first, f.name, f.created_at FROM families f JOIN service_keys k ON k.id = f.replaced_by),
   named AS (
     SELECT DISTINCT ON (name) first FROM families WHERE ${mayHave('name')} ORDER BY name, created_at, first)
   UPDATE service_keys k SET owner = CASE WHEN EXISTS (SELECT FROM named n WHERE n.first = f.first) THEN f.name
     ELSE 'key:' || f.first END
   FROM families f WHERE f.id = k.id`,
  'ALTER TABLE service_keys ALTER COLUMN owner SET NOT NULL',
  'CREATE INDEX service_keys_owner ON service_keys (owner)',
  // A webhook goes to the oldest key of its name that may have its feed.
  `UPDATE webhooks w SET owner = found.owner FROM (
     SELECT DISTINCT ON (w.id) w.id, k.owner FROM webhooks w JOIN service_keys k ON k.name = w.owner
       AND k.scopes && CASE w.feed WHEN 'users' THEN ARRAY['act-as'] ELSE ARRAY['operate', 'read'] END
     WHERE w.owner <> 'bootstrap' ORDER BY w.id, k.created_at, k.id) AS found
   WHERE found.id = w.id AND found.owner <> w.owner`,
  `COMMENT ON COLUMN webhooks.owner IS 'service_keys.owner, or bootstrap'`,
  `CREATE FUNCTION know_owner_of_key() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
   BEGIN
     PERFORM pg_advisory_xact_lock(hashtextextended('service_keys:' || NEW.name, 0));
     NEW.owner := 'key:' || NEW.id;
     IF ${mayHave('NEW.name')} AND NOT EXISTS (SELECT FROM service_keys WHERE name = NEW.name) THEN
       NEW.owner := NEW.name;
     END IF;
     RETURN NEW;
   END $$`,
  'CREATE TRIGGER know_owner BEFORE INSERT ON service_keys FOR EACH ROW EXECUTE FUNCTION know_owner_of_key()',
  `CREATE FUNCTION hand_key_over() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
   BEGIN
     UPDATE service_keys SET owner = NEW.owner WHERE id = NEW.replaced_by;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER hand_over AFTER UPDATE OF replaced_by ON service_keys FOR EACH ROW
   WHEN (NEW.replaced_by IS NOT NULL) EXECUTE FUNCTION hand_key_over()`,
];

/** Two keys of one name share their name in audit rows, and nothing else. */
export class KnowOwnersOfKeys1764950000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `UPDATE webhooks w SET owner = k.name FROM service_keys k WHERE k.owner = w.owner AND w.owner LIKE 'key:%'`,
    );
    await db.query(
      `COMMENT ON COLUMN webhooks.owner IS 'the name of a service key: service_keys.name, or bootstrap'`,
    );
    await db.query('DROP TRIGGER hand_over ON service_keys');
    await db.query('DROP TRIGGER know_owner ON service_keys');
    await db.query('DROP FUNCTION hand_key_over, know_owner_of_key');
    await db.query('ALTER TABLE service_keys DROP COLUMN owner');
  }
}
