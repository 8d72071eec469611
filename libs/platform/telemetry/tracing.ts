import type { Env } from '../config/env.js';

type StopTracing = () => Promise<void>;

/**
 * Sends traces to OTEL_EXPORTER_OTLP_ENDPOINT. Without it nothing of the SDK is loaded, and spans are the empty ones of
 * the API.
 * @returns a function that sends the remaining spans and ends tracing
 */
export async function startTracing(
  process: 'api' | 'worker',
  { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Pick<Env, 'OTEL_EXPORTER_OTLP_ENDPOINT'>,
): Promise<StopTracing> {
  if (endpoint === undefined) return async () => undefined;
  const { startSdk } = await import('./tracing-sdk.js');
  return startSdk(`bedrock-model-orchestrator-${process}`, endpoint);
}
