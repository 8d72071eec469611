import type { Client } from 'pg';
import type { ClientRecord } from '../faults/runner/client-record.js';
import { countsOf, markdownTable, number } from '../faults/runner/report.js';

interface Phase {
  name: string;
  startedAt: Date;
  /** Of `record.acknowledged` when the phase began. */
  acknowledgedBefore: number;
  outcomesBefore: Map<string, number>;
}

export interface PhaseResult {
  name: string;
  acknowledged: number;
  lost: number;
  doubled: number;
  /** HTTP requests by status or by the error that ended them. */
  outcomes: Map<string, number>;
}

const HEAD = ['phase', 'requests', 'acknowledged', 'refused', 'lost', 'doubled', 'answers'];
const REFUSED = ['503', '429'];

/** Assigns the answers that clients get to the phase in which they get them. */
export class PhaseLog {
  private readonly phases: Phase[] = [];

  constructor(private readonly record: ClientRecord) {}

  begin(name: string): void {
    this.phases.push({
      name,
      startedAt: new Date(),
      acknowledgedBefore: this.record.acknowledged.length,
      outcomesBefore: new Map(this.record.outcomes),
    });
  }

  /** @param owner connection to the database that the load wrote to */
  async results(owner: Client): Promise<PhaseResult[]> {
    const { rows } = await owner.query('SELECT id, "timestamp" AS at FROM bedrock_model_switches');
    const audited = new Set(rows.map(({ id }) => id));
    const acknowledged = new Set(this.record.acknowledged.map(({ switchId }) => switchId));
    const unknown: Date[] = rows.filter(({ id }) => !acknowledged.has(id)).map(({ at }) => at);
    return this.phases.map((phase, index) => {
      const next = this.phases[index + 1];
      const own = this.record.acknowledged.slice(phase.acknowledgedBefore, next?.acknowledgedBefore);
      const isWithin = (at: Date) => at >= phase.startedAt && (!next || at < next.startedAt);
      return {
        name: phase.name,
        acknowledged: own.length,
        lost: own.filter(({ switchId }) => !audited.has(switchId)).length,
        doubled: unknown.filter(isWithin).length,
        outcomes: increaseOf(phase.outcomesBefore, next?.outcomesBefore ?? this.record.outcomes),
      };
    });
  }
}

function increaseOf(before: Map<string, number>, after: Map<string, number>): Map<string, number> {
  const increased = [...after].map(([name, count]) => [name, count - (before.get(name) ?? 0)] as const);
  return new Map(increased.filter(([, count]) => count > 0));
}

/** In Markdown, for docs/reliability.md. */
export function phaseTable(results: PhaseResult[]): string {
  const sum = (of: (result: PhaseResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  const figures = [requestsOf, acknowledgedOf, refusedOf, lostOf, doubledOf];
  const rows = results.map((result) => [
    result.name,
    ...figures.map((figure) => number(figure(result))),
    countsOf(result.outcomes),
  ]);
  const total = ['**total**', ...figures.map((figure) => number(sum(figure))), ''];
  const alignment = HEAD.map((_, column) => (column >= 1 && column <= 5 ? '---:' : '---'));
  return markdownTable([HEAD, alignment, ...rows, total]);
}

const requestsOf = ({ outcomes }: PhaseResult) =>
  [...outcomes.values()].reduce((sum, count) => sum + count, 0);
const acknowledgedOf = ({ acknowledged }: PhaseResult) => acknowledged;
const refusedOf = ({ outcomes }: PhaseResult) =>
  REFUSED.reduce((sum, status) => sum + (outcomes.get(status) ?? 0), 0);
const lostOf = ({ lost }: PhaseResult) => lost;
const doubledOf = ({ doubled }: PhaseResult) => doubled;
