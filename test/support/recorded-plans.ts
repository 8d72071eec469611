import type { DataSource, Logger, QueryRunner } from 'typeorm';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  /** 0: it was not needed. Not there where the statement was not run. */
  'Actual Loops'?: number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: PlanNode[];
}

/** The plan of PostgreSQL for a statement. */
export interface Plan {
  sql: string;
  /** Tables that are read from one end to the other. */
  scanned: string[];
  indexes: string[];
  /** Pages of 8 KiB that were looked at; 0 where the statement was not run. */
  pages: number;
}

interface Statement {
  sql: string;
  parameters: unknown[];
}

/** Give this to a data source, to know the statements that the code really sends. */
export class StatementRecorder implements Logger {
  private readonly statements: Statement[] = [];

  /** The statements since the last time. */
  take(): Statement[] {
    return this.statements.splice(0);
  }

  logQuery(sql: string, parameters: unknown[] = []): void {
    if (/^\s*(--.*\n\s*)?(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(sql))
      this.statements.push({ sql, parameters });
  }

  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}

/** Explains statements with the parameters they were sent with. @param run also runs each, and rolls it back */
export async function explainAll(
  db: DataSource,
  statements: Statement[],
  { run }: { run: boolean },
): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const statement of statements) {
    const runner = db.createQueryRunner();
    await runner.startTransaction();
    try {
      plans.push(await explain(runner, statement, run));
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }
  return plans;
}

/** Runs `work` and explains the one statement that it sent. @param watched of the tables that are scanned only these count */
export async function planOfOne(
  db: DataSource,
  recorder: StatementRecorder,
  watched: string[],
  work: () => Promise<unknown>,
): Promise<Plan> {
  recorder.take();
  await work();
  const [plan, ...others] = await explainAll(db, recorder.take(), { run: true });
  if (!plan || others.length > 0) throw new Error(`it sent ${others.length + Number(!!plan)} statements`);
  return { ...plan, scanned: plan.scanned.filter((table) => watched.includes(table)) };
}

async function explain(runner: QueryRunner, { sql, parameters }: Statement, run: boolean): Promise<Plan> {
  const options = run ? '(ANALYZE, BUFFERS, FORMAT JSON)' : '(FORMAT JSON)';
  const [row] = await runner.query(`EXPLAIN ${options}\n${sql}`, parameters);
  const root: PlanNode = row['QUERY PLAN'][0].Plan;
  const nodes = flatten(root);
  return {
    sql,
    scanned: nodes
      .filter((node) => node['Node Type'] === 'Seq Scan' && node['Actual Loops'] !== 0)
      .map((node) => node['Relation Name']!),
    indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    pages: (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0),
  };
}

const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
