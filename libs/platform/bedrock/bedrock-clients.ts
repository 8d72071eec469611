import { BedrockClient } from '@aws-sdk/client-bedrock';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ConverseClient } from './converse-client.js';
import { HttpTransport } from './http-transport.js';

/** Settings for the endpoint and the credentials of Bedrock. */
export interface BedrockSettings {
  AWS_REGION: string;
  AWS_ENDPOINT_URL_BEDROCK?: string;
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME?: string;
  /** Bedrock API key. Used only if there are no credentials to sign with. */
  AWS_BEARER_TOKEN_BEDROCK?: string;
  /** Maximum of concurrent calls for chats. */
  MAX_MODEL_CALLS?: number;
}

/**
 * Connections in addition to `MAX_MODEL_CALLS`, for probes, sweeps and the control plane. No call waits for a
 * connection.
 */
const FURTHER_SOCKETS = 50;
const DEFAULT_MAX_CALLS = 400;
const CONNECT_MS = 2_000;
/** Upper bound behind the limits of each call. */
const MAX_SILENCE_MS = 300_000;
/** Shorter than the timeout of load balancers, so that our side closes an idle connection. */
const IDLE_SOCKET_MS = 30_000;

/**
 * The two clients, with one transport for the life of the process. HTTP/1.1 is deliberate: the SDK's HTTP/2
 * opens a connection per request, and treats a cut stream as complete.
 */
export class BedrockClients implements OnApplicationShutdown {
  readonly runtime: BedrockRuntimeClient;
  /** Client for the calls of chats. */
  readonly models: ConverseClient;
  readonly control: BedrockClient;
  readonly region: string;

  constructor(settings: BedrockSettings) {
    const transport = new HttpTransport({
      connections: (settings.MAX_MODEL_CALLS ?? DEFAULT_MAX_CALLS) + FURTHER_SOCKETS,
      connectMs: CONNECT_MS,
      silenceMs: MAX_SILENCE_MS,
      idleMs: IDLE_SOCKET_MS,
    });
    const requestHandler: BedrockRuntimeClient['config']['requestHandler'] = transport;
    const region = settings.AWS_REGION;
    const options = (endpoint: string | undefined) => ({
      region,
      requestHandler,
      // The caller decides about a retry, and on which model: only one layer retries.
      maxAttempts: 1,
      authSchemePreference: preferenceOf(settings),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(isLoopback(endpoint) ? { credentials: credentialsOrEmulatorDefault(region) } : {}),
    });
    this.region = region;
    this.runtime = new BedrockRuntimeClient(options(settings.AWS_ENDPOINT_URL_BEDROCK_RUNTIME));
    this.models = new ConverseClient(this.runtime, transport, settings.AWS_BEARER_TOKEN_BEDROCK);
    this.control = new BedrockClient(options(settings.AWS_ENDPOINT_URL_BEDROCK));
  }

  onApplicationShutdown(): void {
    this.runtime.destroy();
    this.control.destroy();
  }
}

const defaultCredentials = (region: string) => new BedrockClient({ region }).config.credentials;

/**
 * Prefers to sign requests. By default the SDK uses AWS_BEARER_TOKEN_BEDROCK before any credentials, so that a
 * forgotten key would select the account.
 */
function preferenceOf({ AWS_REGION, AWS_BEARER_TOKEN_BEDROCK }: BedrockSettings): () => Promise<string[]> {
  let preference: Promise<string[]> | undefined;
  const decide = async () => {
    if (AWS_BEARER_TOKEN_BEDROCK === undefined) return ['sigv4'];
    return defaultCredentials(AWS_REGION)().then(
      () => ['sigv4'],
      () => ['httpBearerAuth'],
    );
  };
  return () => {
    preference ??= decide();
    return preference;
  };
}

/**
 * Returns the configured credentials, else made-up ones. The emulator accepts any signature. Made-up credentials are
 * only for an endpoint on this machine: elsewhere a missing credential must be an error.
 */
function credentialsOrEmulatorDefault(region: string) {
  const own = defaultCredentials(region);
  let madeUp: { accessKeyId: string; secretAccessKey: string } | undefined;
  return async () => {
    if (madeUp) return madeUp;
    try {
      return await own();
    } catch {
      madeUp = { accessKeyId: 'EMULATOR', secretAccessKey: 'not-a-secret' };
      return madeUp;
    }
  };
}

export function isLoopback(endpoint: string | undefined): boolean {
  if (endpoint === undefined) return false;
  const { hostname } = new URL(endpoint);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
