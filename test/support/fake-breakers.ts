import type { OpenBreaker, SharedBreakers } from '#libs/breakers/shared-breakers.js';

/** The open breakers of a fleet that is one instance. */
export class FakeSharedBreakers {
  readonly open = (breaker: OpenBreaker) => void this.held.set(breaker.modelId, breaker);
  readonly close = (modelId: string) => void this.held.delete(modelId);
  /** For how long the probe of each model was taken, in ms. */
  readonly probesTaken: [modelId: string, forMs: number][] = [];
  /** True: another instance asks the models. */
  othersProbe = false;
  private readonly held = new Map<string, OpenBreaker>();

  get(modelId: string): OpenBreaker | undefined {
    return this.held.get(modelId);
  }

  all(): OpenBreaker[] {
    return [...this.held.values()];
  }

  async takeProbe(modelId: string, forMs: number): Promise<boolean> {
    this.probesTaken.push([modelId, forMs]);
    return !this.othersProbe;
  }

  asShared(): SharedBreakers {
    return this satisfies Partial<SharedBreakers> as unknown as SharedBreakers;
  }
}
