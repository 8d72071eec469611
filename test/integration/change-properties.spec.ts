import { afterAll, beforeAll, expect, it } from 'vitest';
import { MoveRunner } from '#libs/switching/moves/move-runner.service.js';
import { HAIKU, NOVA_LITE, OPUS, SONNET } from '../support/catalogue-fixture.js';
import { ChangeSystem } from '../support/change-system.js';

/** Steps of the random run; the acceptance runs 10,000: `CHANGE_STEPS=10000`. */
const STEPS = Number(process.env.CHANGE_STEPS ?? 200);
const SEED = Number(process.env.CHANGE_SEED ?? 20_261_201);
/** Steps that run at the same time. */
const CONCURRENCY = 4;

let changes: ChangeSystem;
beforeAll(async () => {
  changes = await ChangeSystem.start();
  await changes.review('clinical');
  await changes.review('health', { approvals: 2 });
});
afterAll(() => changes?.close());

/** mulberry32: the same seed makes the same run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Known {
  id: string;
  hash: string;
  revision: number;
  proposer: string;
}

class Run {
  private readonly next: () => number;
  private readonly known: Known[] = [];
  sqlEdits = 0;
  /** Revisions whose content was altered by SQL while they were open. */
  readonly altered: { id: string; revision: number }[] = [];
  readonly statuses = new Map<string, number>();

  constructor(seed: number) {
    this.next = random(seed);
  }

  /** @returns a step that is decided now, whatever runs beside it */
  step(): () => Promise<void> {
    const steps = [
      ...[this.propose(), this.propose(), this.propose()],
      ...[this.judge('approve'), this.judge('approve'), this.judge('approve'), this.judge('approve')],
      ...[this.judge('reject'), this.revise(), this.withdraw(), this.apply(), this.apply()],
      ...[this.switchDirectly(), this.report(), this.freeze(), this.thaw(), this.revoke(), this.restore()],
      ...[this.editBySql(), this.alterBySql(), this.move(), this.move(), this.work()],
    ];
    return this.one(steps);
  }

  private one<T>(of: readonly T[]): T {
    return of[Math.floor(this.next() * of.length)]!;
  }

  private operations(): object[] {
    const switched = this.one([
      { kind: 'switch-use-case', useCase: 'clinical', modelId: this.one([SONNET, HAIKU, OPUS]) },
      { kind: 'switch-use-case', useCase: 'health', modelId: this.one([NOVA_LITE, HAIKU]) },
    ]);
    const edit = { objective: this.one(['quality', 'cost', 'latency']) };
    const edited = { kind: 'edit-use-case', useCase: this.one(['clinical', 'health']), edit };
    return this.one([[switched], [edited, switched], [switched, edited]]);
  }

  private propose() {
    const [proposer, operations] = [this.one(['ada', 'abe']), this.operations()];
    return async () => {
      const { status, body } = await changes.propose(proposer, operations);
      this.count('propose', status);
      if (status === 201) this.known.push({ ...body, proposer });
    };
  }

  /** Moves what runs on the active model, or undoes the move that is the last switch. */
  private move() {
    const [proposer, kind] = [this.one(['ada', 'abe']), this.one(['move', 'undo'] as const)];
    return async () => {
      const [row] = await changes.rows(kind === 'undo' ? LAST_MOVE : ACTIVE);
      if (!row) return;
      const useCases = ['clinical'];
      const operation =
        kind === 'undo'
          ? { kind: 'undo-move', moveId: row.id }
          : { kind: 'move-off-model', modelId: row.id, toModelId: null, useCases };
      const { status, body } = await changes.propose(proposer, [operation]);
      this.count(kind, status);
      if (status === 201) this.known.push({ ...body, proposer });
    };
  }

  /** One step of the worker, which makes the undo of a move. */
  private work() {
    return async () => {
      await changes.system.api.get(MoveRunner).step();
    };
  }

  private revise() {
    const [change, operations] = [this.one(this.known), this.operations()];
    return async () => {
      if (!change) return;
      const url = `/v1/change-requests/${change.id}`;
      const content = { operations, reason: 'Revised' };
      const { status, body } = await changes.as(change.proposer, 'PATCH', url, content, {
        'if-match': `"${change.revision}"`,
      });
      this.count('revise', status);
      if (status === 200) Object.assign(change, { hash: body.hash, revision: body.revision });
    };
  }

  private judge(verdict: 'approve' | 'reject') {
    const [change, person] = [this.one(this.known.slice(-4)), this.one(['abe', 'ben', 'bea', 'bob'])];
    return async () => {
      if (change) this.count(verdict, (await changes.judge(person, verdict, change)).status);
    };
  }

  private apply() {
    const change = this.one(this.known);
    return async () => {
      if (change)
        this.count(
          'apply',
          (await changes.as('ada', 'POST', `/v1/change-requests/${change.id}/apply`)).status,
        );
    };
  }

  private withdraw() {
    const change = this.one(this.known);
    return async () => {
      if (!change) return;
      const url = `/v1/change-requests/${change.id}/withdraw`;
      this.count('withdraw', (await changes.as(change.proposer, 'POST', url)).status);
    };
  }

  private switchDirectly() {
    const modelId = this.one([SONNET, HAIKU, OPUS]);
    return async () => {
      const body = { action: 'switch', useCase: 'clinical', modelId };
      this.count('switch', (await changes.system.call('POST', '/orchestrate', body)).status);
    };
  }

  private report() {
    const body = { action: 'fallback-switch', useCase: this.one(['clinical', 'health']), reason: 'Nonsense' };
    return async () => this.count('report', (await changes.system.call('POST', '/orchestrate', body)).status);
  }

  private freeze() {
    return async () => {
      await changes.rows(
        `INSERT INTO freezes (id, starts_at, ends_at, reason, made_by, made_at)
         VALUES (gen_random_uuid(), now(), now() + interval '1 hour', 'Audit', 'person:00000000:x', now())`,
      );
    };
  }

  private thaw() {
    return async () => {
      await changes.rows('DELETE FROM freezes');
    };
  }

  private revoke() {
    return async () => {
      await changes.rows(
        `INSERT INTO revoked_sessions (person_id, revoked_at)
         SELECT DISTINCT substr(actor, 8), now() FROM change_decisions WHERE actor LIKE 'person:%:bob'`,
      );
    };
  }

  private restore() {
    return async () => {
      await changes.rows('DELETE FROM revoked_sessions');
    };
  }

  /** Changes the active model only where it differs, as one edit. */
  private editBySql() {
    const modelId = this.one([SONNET, HAIKU, OPUS]);
    return async () => {
      const edited = await changes.rows(
        `UPDATE use_cases SET active_model_id = $1 WHERE name = 'clinical' AND active_model_id <> $1 RETURNING name`,
        [modelId],
      );
      this.sqlEdits += edited.length;
    };
  }

  /** Never to a model that the revision had before. */
  private alterBySql() {
    const change = this.one(this.known.slice(-4));
    return async () => {
      if (change)
        this.altered.push(...((await changes.rows(ALTER, [change.id, OPUS])) as typeof this.altered));
    };
  }

  private count(what: string, status: number): void {
    expect(status, what).toBeLessThan(500);
    const key = `${what} ${status}`;
    this.statuses.set(key, (this.statuses.get(key) ?? 0) + 1);
  }
}

const ACTIVE = `SELECT active_model_id AS id FROM use_cases WHERE name = 'clinical'`;
const LAST_MOVE = `SELECT m.id FROM model_moves m JOIN model_move_items i ON i.move_id = m.id
  JOIN use_cases u ON u.name = i.use_case AND u.switch_seq = i.seq WHERE m.state = 'done'`;

const ALTER = `WITH open AS (SELECT id, revision FROM change_requests WHERE id = $1 AND state IN ('proposed', 'approved') FOR UPDATE)
  UPDATE change_operations o SET operation = operation || jsonb_build_object('modelId', $2::text) FROM open
  WHERE o.change_id = open.id AND o.revision = open.revision AND operation ->> 'kind' = 'switch-use-case'
    AND operation ->> 'modelId' <> $2 RETURNING o.change_id AS id, o.revision`;

const ALTERED_AND_APPLIED = `SELECT r.id FROM change_requests r JOIN jsonb_to_recordset($1) AS a (id uuid, revision int)
  ON a.id = r.id AND a.revision = r.revision WHERE r.state = 'applied'`;

const NOT_BY_FOUR_EYES = `SELECT c.id FROM change_requests c WHERE c.state = 'applied' AND c.origin = 'proposal'
  AND (SELECT count(DISTINCT d.actor) FROM change_decisions d WHERE d.change_id = c.id AND d.kind = 'approve' AND d.hash = c.hash
    AND d.revision = c.revision AND d.actor NOT IN (c.proposer, c.editor) AND d.actor LIKE 'person:%')
    < CASE WHEN 'health' = ANY (c.use_cases) THEN 2 ELSE 1 END`;

/** Traces of changes that were not applied, and applied changes that lack an operation or have one twice. */
const NOT_WHOLE = `
SELECT e.change_id::text AS id FROM switch_events e JOIN change_requests c ON c.id = e.change_id WHERE c.state <> 'applied'
UNION ALL SELECT h.request_id FROM catalogue_changes h JOIN change_requests c ON c.id::text = h.request_id WHERE c.state <> 'applied'
UNION ALL SELECT o.change_id::text FROM change_operations o JOIN change_requests c ON c.id = o.change_id AND c.revision = o.revision
  WHERE c.state = 'applied' AND c.origin = 'proposal' AND o.result IS NULL
UNION ALL SELECT e.change_id::text FROM switch_events e WHERE e.change_id IS NOT NULL GROUP BY e.change_id, e.use_case HAVING count(*) > 1`;

it(
  `holds its invariants in ${STEPS} random steps (seed ${SEED})`,
  async () => {
    const run = new Run(SEED);
    for (let step = 0; step < STEPS; step += CONCURRENCY) {
      const steps = Array.from({ length: CONCURRENCY }, () => run.step());
      await Promise.all(steps.map((each) => each()));
      const unreviewed = await changes.rows('SELECT * FROM unreviewed_moves');
      expect(unreviewed.filter(({ actor }) => !String(actor).startsWith('sql:'))).toEqual([]);
      expect(unreviewed).toHaveLength(run.sqlEdits);
      expect(await changes.rows(NOT_BY_FOUR_EYES)).toEqual([]);
      expect(await changes.rows(NOT_WHOLE)).toEqual([]);
      expect(await changes.rows(ALTERED_AND_APPLIED, [JSON.stringify(run.altered)])).toEqual([]);
    }
    // Otherwise the run has shown nothing.
    const [{ applied }] = (await changes.rows(
      `SELECT count(*)::int AS applied FROM change_requests WHERE state = 'applied' AND origin = 'proposal'`,
    )) as [{ applied: number }];
    expect(applied).toBeGreaterThan(0);
    expect(run.altered).not.toEqual([]);
    console.log(
      run.statuses,
      await changes.rows(
        `SELECT operation ->> 'kind' AS kind, state, count(*) FROM change_operations o JOIN change_requests c ON c.id = o.change_id AND c.revision = o.revision GROUP BY 1, 2`,
      ),
    );
    expect([...run.statuses.keys()]).toEqual(
      expect.arrayContaining(['propose 201', 'approve 200', 'switch 409']),
    );
  },
  Math.max(600_000, STEPS * 1_000),
);
