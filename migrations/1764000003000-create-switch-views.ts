import type { MigrationInterface, QueryRunner } from 'typeorm';

const ANALYTICS = `
CREATE VIEW bedrock_model_switch_analytics AS
SELECT date_trunc('hour', timestamp) AS hour,
       new_model_id,
       switch_type,
       switch_action,
       count(*) AS total_switches,
       count(*) FILTER (WHERE switch_type = 'auto') AS auto_switches,
       count(*) FILTER (WHERE switch_type = 'manual') AS manual_switches,
       array_agg(DISTINCT reason) FILTER (WHERE reason IS NOT NULL) AS reasons
FROM bedrock_model_switches
GROUP BY 1, 2, 3, 4`;

/** Excludes switches of a use case, which are an operator's choice and no preference of a user. */
const PREFERENCES = `
CREATE VIEW user_model_preferences AS
SELECT user_id,
       new_model_id AS preferred_model_id,
       count(*) AS selection_count,
       round(100.0 * count(*) FILTER (WHERE switch_type = 'auto') / count(*), 2) AS auto_adoption_percentage,
       max(timestamp) AS last_selected_at
FROM bedrock_model_switches
WHERE timestamp > now() - interval '30 days' AND scope = 'conversation'
GROUP BY user_id, new_model_id`;

export class CreateSwitchViews1764000003000 implements MigrationInterface {
  readonly creates = ['bedrock_model_switch_analytics', 'user_model_preferences'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(ANALYTICS);
    await db.query(PREFERENCES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP VIEW user_model_preferences, bedrock_model_switch_analytics');
  }
}
