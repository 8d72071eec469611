import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Decimal } from 'decimal.js';
import { refusedTextForms, takes } from '#libs/catalogue/capabilities.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import type { BedrockOffering } from '#libs/platform/bedrock/bedrock-catalogue.service.js';
import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import { type Check, type CheckMethod, outcomeOf } from './model-health.js';

/** Between two probes of a sweep, which must not cause throttling of users' models. */
export const PROBE_PAUSE_MS = 200;
/** Sent with a deep check, because most callers set one. */
const TEMPERATURE = 0;

/** Checks one model, first in the free lists and then with a probe. Makes no decisions. */
@Injectable()
export class ModelProber {
  constructor(private readonly runtime: BedrockRuntimeService) {}

  /** Checks whether Bedrock still offers the model by the id that we invoke. */
  look(model: Model, { models, profiles }: BedrockOffering): Check {
    const gone = (detail: string) =>
      this.found(model, 'control_plane', { outcome: 'failed', permanent: true, detail });
    if (!models.some(({ id }) => id === model.foundationModelId))
      return gone('Bedrock does not offer it any more');
    if (model.invokeWith !== 'inference_profile') return this.found(model, 'control_plane', {});
    const profile = profiles.find(({ id }) => id === model.id);
    if (!profile) return gone('Bedrock does not offer its inference profile any more');
    if (profile.status !== 'ACTIVE') return gone(`its inference profile is ${profile.status.toLowerCase()}`);
    return this.found(model, 'control_plane', {});
  }

  /** Probes a model for a sweep, with a pause after it. */
  async probe(model: Model): Promise<Check> {
    const check = await this.ask(model, 'probe');
    await this.pause();
    return check;
  }

  async pause(): Promise<void> {
    await delay(PROBE_PAUSE_MS);
  }

  /** Sends a probe to the model. */
  async ask(model: Model, method: CheckMethod, temperature?: number): Promise<Check> {
    try {
      const { usage, durationMs } = await this.runtime.probe(model.id, { temperature });
      const { input, output } = usage ?? { input: 0, output: 0 };
      return this.found(model, method, {
        latencyMs: durationMs,
        tokens: input + output,
        costUsd: costOf(model, input, output),
      });
    } catch (error) {
      if (!(error instanceof BedrockError)) throw error;
      const blocked = error.blockedRegion ? ` in the destination region ${error.blockedRegion}` : '';
      return this.found(model, method, {
        ...outcomeOf(error),
        errorKind: error.kind,
        detail: `${DETAILS[error.kind] ?? 'it does not answer'}${blocked}`,
      });
    }
  }

  /**
   * Sends a probe with a temperature, like a chat. If the model refuses it, a second probe without it decides the
   * outcome, and the detail names the refused parameter.
   */
  async askDeeply(model: Model): Promise<Check> {
    if (takes(model, 'temperature')) {
      const check = await this.ask(model, 'deep', TEMPERATURE);
      if (check.errorKind !== 'invalid_request') return withDetail(check, refusedTextForms(model));
      const bare = await this.ask(model, 'deep');
      return withDetail(bare, bare.outcome === 'passed' ? REFUSES_TEMPERATURE : undefined);
    }
    return withDetail(await this.ask(model, 'deep'), refusedTextForms(model));
  }

  private found(model: Model, method: CheckMethod, found: Partial<Check>): Check {
    const passed = { outcome: 'passed', permanent: false, errorKind: null, detail: null } as const;
    return { modelId: model.id, method, ...passed, latencyMs: null, tokens: 0, costUsd: null, ...found };
  }
}

const REFUSES_TEMPERATURE =
  'it answers, and refuses a temperature, which the catalogue does not know: import newer facts';

/** A failure has a detail already. */
const withDetail = (check: Check, detail: string | undefined): Check => ({
  ...check,
  detail: check.detail ?? detail ?? null,
});

const DETAILS: Partial<Record<BedrockError['kind'], string>> = {
  model_gone: 'Bedrock says that it has ended or cannot be invoked by this id',
  access_pending: 'the account has to subscribe to it or fill in a form first',
  access_denied: 'a policy of the account or the organisation forbids it',
  throttled: 'Bedrock throttles it',
  bad_credentials: 'our credentials are missing, wrong or expired',
  unavailable: 'Bedrock was not available',
  not_ready: 'it did not answer in time',
  refused: 'it answered with a refusal',
};

/** @returns USD with 9 decimals, null if a price is unknown */
function costOf({ price }: Model, input: number, output: number): string | null {
  if (price.inputPer1k === null || price.outputPer1k === null) return null;
  return new Decimal(price.inputPer1k)
    .mul(input)
    .add(new Decimal(price.outputPer1k).mul(output))
    .div(1000)
    .toFixed(9);
}
