import { checkout } from '../../scripts/embedded/checkout.js';
import { ClientRecord } from '../faults/runner/client-record.js';
import { CLIENTS, KeyedLoad } from '../faults/runner/keyed-load.js';
import { assertIntactChain, complaintsOf } from '../faults/runner/promises.js';
import type { Stage } from '../faults/runner/stage.js';
import { brokenInvariants } from '../support/invariants.js';
import { PhaseLog, type PhaseResult } from './phase-log.js';

/** Numbers of the apis and workers of each release on the stage. */
export const OLD = 0;
const NEW = 1;
const DRAIN_TIMEOUT_MS = 300_000;

export interface UpgradeResult {
  phases: PhaseResult[];
  /** Each promise that did not hold, with examples. */
  broken: string[];
}

/** One upgrade and one rollback of a deployment with an api and a worker, while clients switch. */
export class RollingUpgrade {
  private readonly record = new ClientRecord();
  private readonly phases = new PhaseLog(this.record);
  private load: KeyedLoad | undefined;

  /** @param switches that are acknowledged in each phase, at least */
  constructor(
    private readonly stage: Stage,
    private readonly switches: number,
  ) {}

  /** Never throws because of the system: what it does wrong is in `broken`. */
  async run(): Promise<UpgradeResult> {
    const broken = await complaintsOf(async () => {
      await this.upgrade();
      await this.assertPromises(NEW);
      await this.rollBack();
      await this.assertPromises(OLD);
      await this.assertNewVerifies();
    });
    await this.load?.abandon();
    broken.push(...this.record.wrong, ...this.stage.dead);
    return { phases: await this.stage.look((owner) => this.phases.results(owner)), broken };
  }

  private async upgrade(): Promise<void> {
    this.begin('old release');
    await this.start(OLD);
    const load = this.startLoad();
    await load.more(this.switches);
    this.begin('old release, schema migrated under load');
    console.log((await this.stage.migrate(checkout)).trim().replaceAll(/^/gm, '    '));
    await load.more(this.switches);
    this.begin('both releases');
    await this.start(NEW);
    await load.sendTo(this.stage.urls);
    await load.more(this.switches);
    this.begin('new release alone');
    // As in Kubernetes, where an api gets SIGTERM some seconds after it left the load balancer.
    await load.sendTo([this.urlOf(NEW)]);
    await this.stop(OLD);
    await load.more(this.switches);
    await load.stop();
  }

  /** The image is rolled back, the schema is not. */
  private async rollBack(): Promise<void> {
    this.begin('rollback: old release beside the new one');
    const load = this.startLoad([this.urlOf(NEW)]);
    await this.start(OLD);
    await load.sendTo(this.stage.urls);
    await load.more(this.switches);
    this.begin('rollback: new release stops under load, old one alone');
    await this.stop(NEW);
    await load.sendTo([this.urlOf(OLD)]);
    await load.more(this.switches);
    await load.stop();
  }

  /** Rows that the old release appended to the chain on the new schema are read by the new one after the next upgrade. */
  private async assertNewVerifies(): Promise<void> {
    await this.start(NEW);
    await assertIntactChain(this.stage.apis[NEW]!);
  }

  private begin(phase: string): void {
    console.log(`  ${phase} ...`);
    this.phases.begin(phase);
  }

  private startLoad(urls = this.stage.urls): KeyedLoad {
    this.load = new KeyedLoad(urls, CLIENTS, this.record);
    return this.load;
  }

  private async start(release: number): Promise<void> {
    this.stage.startWorker(release);
    await this.stage.startApi(release);
  }

  private async stop(release: number): Promise<void> {
    await Promise.all([this.stage.stop('apis', release), this.stage.stop('workers', release)]);
  }

  private urlOf(release: number): string {
    return this.stage.urls[release]!;
  }

  /** @throws with each promise that does not hold, as this release and the database see them */
  private async assertPromises(release: number): Promise<void> {
    const api = this.stage.apis[release]!;
    const isReady = async () => {
      const { status, text } = await api.get('/readyz');
      if (status !== 200) throw new Error(`/readyz answered ${status}: ${text}`);
    };
    const broken = [
      ...(await complaintsOf(() => this.stage.drained(DRAIN_TIMEOUT_MS))),
      ...(await complaintsOf(isReady)),
      ...(await complaintsOf(() => assertIntactChain(api))),
      ...(await this.stage.look((owner) => brokenInvariants(owner, this.record.acknowledged))),
    ];
    if (broken.length > 0) throw new Error(broken.join('\n'));
  }
}
