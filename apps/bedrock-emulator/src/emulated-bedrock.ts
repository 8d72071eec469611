import { authKindOf } from './authentication.js';
import { AwsError } from './aws-error.js';
import { CallLog, type RunningCall } from './call-log.js';
import { controlAnswer } from './control-plane.js';
import { EmulatedCatalogue } from './emulated-catalogue.js';
import { errorPreset } from './error-presets.js';
import { type FaultEffect, FaultRegistry } from './fault-registry.js';
import { guardrailIn } from './guardrails.js';
import { processingIn } from './invoke-headers.js';
import { isStreaming, type Target, targetOf } from './operations.js';
import { PromptCache } from './prompt-cache.js';
import { ClientGone, type RequestContext } from './request-context.js';
import { runtimeAnswer } from './runtime-plane.js';
import { sendStream } from './stream-sender.js';

const CALLS_KEPT = 10_000;

/** Emulates both planes of Bedrock: resolves the operation, applies the faults, and sends the response. */
export class EmulatedBedrock {
  readonly catalogue: EmulatedCatalogue;
  readonly cache: PromptCache;
  readonly faults = new FaultRegistry();
  readonly calls = new CallLog(CALLS_KEPT);

  constructor(
    now: () => Date,
    private readonly paceMs: number,
  ) {
    this.catalogue = new EmulatedCatalogue(now);
    this.cache = new PromptCache(now);
  }

  reset(): void {
    this.catalogue.reset();
    this.cache.clear();
    this.faults.set([]);
    this.calls.clear();
  }

  async serve(exchange: RequestContext): Promise<void> {
    const { method = '', url = '', headers } = exchange.request;
    const target = targetOf(method, url);
    if (!target)
      return sendError(
        exchange,
        new AwsError('UnknownOperationException', { message: `${method} on this path is not emulated.` }),
      );
    const { plane, operation, modelId } = target;
    const call = this.calls.begin({
      plane,
      operation,
      modelId,
      connection: exchange.connection.number,
      httpVersion: exchange.isHttp2 ? '2' : '1.1',
      auth: null,
    });
    try {
      call.call.auth = authKindOf(headers.authorization);
      const outcome = await this.answer(exchange, target, call);
      call.end(outcome, outcome === 'cut' && call.call.events === 0 ? null : 200);
    } catch (error) {
      endBadly(exchange, call, error);
    }
  }

  private async answer(exchange: RequestContext, target: Target, call: RunningCall): Promise<string> {
    const body = target.plane === 'runtime' ? await exchange.body() : undefined;
    const { headers } = exchange.request;
    call.call.guardrail =
      guardrailIn(body) ?? processingIn(headers).guardrailConfig?.guardrailIdentifier ?? null;
    const effect = this.faults.apply(target);
    await exchange.wait(effect.latencyMs);
    if (await failAtOnce(exchange, target, effect)) return 'cut';
    if (target.plane === 'control') {
      exchange.json(200, controlAnswer(this.catalogue, target));
      return 'ok';
    }
    const answer = runtimeAnswer(this, { target, body, headers, call, effect });
    if ('events' in answer) {
      const plan = { events: answer.events, headers: answer.headers ?? {}, effect, paceMs: this.paceMs };
      return sendStream(exchange, call, plan);
    }
    exchange.json(200, answer.body, answer.headers);
    return 'ok';
  }
}

/**
 * Applies faults that take effect before the headers.
 * @returns true if the connection is closed
 * @throws AwsError, or ClientGone after a stall
 */
async function failAtOnce(
  exchange: RequestContext,
  target: Target,
  { attemptFault }: FaultEffect,
): Promise<boolean> {
  if (!attemptFault) return false;
  if (attemptFault.kind === 'error') throw new AwsError(attemptFault.name, attemptFault);
  if (attemptFault.kind === 'refusal') throw errorPreset(attemptFault.reason, target.modelId ?? '');
  if (isStreaming(target.operation) && attemptFault.afterEvents !== undefined) return false;
  if (attemptFault.kind === 'stall') await exchange.waitForLeaving();
  await exchange.cut();
  return true;
}

function endBadly(exchange: RequestContext, call: RunningCall, error: unknown): void {
  if (error instanceof ClientGone || exchange.gone.aborted) {
    call.end('client_gone', null);
    return;
  }
  const failure =
    error instanceof AwsError
      ? error
      : new AwsError('InternalServerException', { message: `The emulator failed: ${String(error)}` });
  sendError(exchange, failure);
  call.end(failure.name, failure.status);
}

function sendError(exchange: RequestContext, { status, message, headers }: AwsError): void {
  exchange.json(status, { message }, headers);
}
