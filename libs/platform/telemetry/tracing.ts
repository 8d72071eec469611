import type { Env } from '../config/env.js';

type StopTracing = () => Promise<void>;

/**
 * Sends traces where OTEL_EXPORTER_OTLP_ENDPOINT says. Without it nothing of the SDK is loaded, and spans are the empty
 * ones of the API.
 * @returns what sends the rest and ends it
 */
export async function startTracing(
  process: 'api' | 'worker',
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Pick<Env, 'OTEL_EXPORTER_OTLP_ENDPOINT'>,
): Promise<StopTracing> {
  if (endpoint === undefined) return async () => undefined;
  const { startSdk } = await import('./tracing-sdk.js');
  return startSdk(`bedrock-model-orchestrator-${process}`, endpoint);
}
