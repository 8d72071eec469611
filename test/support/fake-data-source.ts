import { PassThrough } from 'node:stream';

/** A data source with connections that remember what they were sent. */
export class FakeDataSource {
  readonly sent: string[] = [];
  released = 0;
  /** Errors of PostgreSQL by statement, thrown instead of an answer. */
  readonly failures: Record<string, Error> = {};
  readonly driver = { master: { waitingCount: 0, options: { max: 20, connectionTimeoutMillis: 1_000 } } };
  readonly logger = { logQuery: () => undefined };

  createQueryRunner() {
    const runner = {
      ...{ data: {}, connect: async () => this.client },
      query: async (sql: string) => (await this.client.query(sql)).rows,
      release: async () => {
        this.released += 1;
      },
    };
    return Object.assign(runner, { manager: { dataSource: this, queryRunner: runner } });
  }

  get committed(): number {
    return this.sent.filter((statement) => statement === 'COMMIT').length;
  }

  get rolledBack(): number {
    return this.sent.filter((statement) => statement === 'ROLLBACK').length;
  }

  private readonly client = {
    connection: { stream: new PassThrough() },
    query: async (query: string | { text: string }) => {
      const text = typeof query === 'string' ? query : query.text;
      this.sent.push(text.replace(/^BEGIN .*/, 'BEGIN'));
      const failure = this.failures[text.replace(/^BEGIN .*/, 'BEGIN')];
      if (failure) throw failure;
      return { command: text, rows: [{ asked: text }] };
    },
  };
}
