import { DataSource } from 'typeorm';
import { databaseOptions } from '#libs/platform/database/database-options.js';
import { type Plan, planOfOne, StatementRecorder } from './recorded-plans.js';
import { createTestEnvironment, type TestEnvironment } from './test-env.js';

/** Database of real size whose statements are explained. No program runs on it. */
export class PlannedDatabase {
  private constructor(
    private readonly environment: TestEnvironment,
    readonly db: DataSource,
    readonly recorder: StatementRecorder,
    private readonly watched: string[],
  ) {}

  /**
   * @param fill fills the database of this name
   * @param watched tables that no plan may scan
   */
  static async filled(fill: (name: string) => Promise<void>, watched: string[]): Promise<PlannedDatabase> {
    const environment = await createTestEnvironment();
    const { env } = environment;
    await fill(new URL(env.DATABASE_URL).pathname.slice(1));
    const recorder = new StatementRecorder();
    const options = { ...databaseOptions(env, env.DATABASE_URL, []), logger: recorder };
    return new PlannedDatabase(environment, await new DataSource(options).initialize(), recorder, watched);
  }

  /** Runs `work` and explains the one statement that it sent. */
  planOf(work: () => Promise<unknown>): Promise<Plan> {
    return planOfOne(this.db, this.recorder, this.watched, work);
  }

  async close(): Promise<void> {
    await this.db.destroy();
    await this.environment.close();
  }
}
