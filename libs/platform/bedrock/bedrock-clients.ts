import { BedrockClient } from '@aws-sdk/client-bedrock';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { OnApplicationShutdown } from '@nestjs/common';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ConverseClient } from './converse-client.js';
import { Sha256 } from './sha256.js';

/** The settings that say where Bedrock is and who we are there. */
export interface BedrockSettings {
  AWS_REGION: string;
  AWS_ENDPOINT_URL_BEDROCK?: string;
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME?: string;
  /** A Bedrock API key. Used only where there are no credentials to sign with. */
  AWS_BEARER_TOKEN_BEDROCK?: string;
  /** Concurrent calls for people. */
  MAX_MODEL_CALLS?: number;
}

/** Besides those of `MAX_MODEL_CALLS`: for probes, sweeps and the control plane. No call ever waits for a connection. */
const FURTHER_SOCKETS = 50;
const DEFAULT_MAX_CALLS = 400;
const CONNECT_MS = 2_000;
/** Behind the limits of each call: what no caller may exceed. */
const MAX_SILENCE_MS = 300_000;
/** Shorter than what load balancers allow, so that we are the one who closes an idle connection. */
const IDLE_SOCKET_MS = 30_000;

/**
 * The two clients, on one pool of connections that lives as long as the process. HTTP/1.1 on purpose: the SDK's
 * HTTP/2 opens a connection per request, and takes a stream whose connection is cut for a complete one.
 */
export class BedrockClients implements OnApplicationShutdown {
  readonly runtime: BedrockRuntimeClient;
  /** For the calls that chats are made of. */
  readonly models: ConverseClient;
  readonly control: BedrockClient;
  readonly region: string;

  constructor(settings: BedrockSettings) {
    const pool = {
      keepAlive: true,
      maxSockets: (settings.MAX_MODEL_CALLS ?? DEFAULT_MAX_CALLS) + FURTHER_SOCKETS,
      timeout: IDLE_SOCKET_MS,
    };
    const requestHandler = new NodeHttpHandler({
      httpAgent: pool,
      httpsAgent: pool,
      connectionTimeout: CONNECT_MS,
      requestTimeout: MAX_SILENCE_MS,
      throwOnRequestTimeout: true,
      socketTimeout: MAX_SILENCE_MS,
    });
    const region = settings.AWS_REGION;
    const options = (endpoint: string | undefined) => ({
      region,
      requestHandler,
      // Who calls us decides about a second attempt, and on which model: one layer retries.
      maxAttempts: 1,
      authSchemePreference: preferenceOf(settings),
      sha256: Sha256,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(isLoopback(endpoint) ? { credentials: ownOrMadeUp(region) } : {}),
    });
    this.region = region;
    this.runtime = new BedrockRuntimeClient(options(settings.AWS_ENDPOINT_URL_BEDROCK_RUNTIME));
    this.models = new ConverseClient(this.runtime, requestHandler, settings.AWS_BEARER_TOKEN_BEDROCK);
    this.control = new BedrockClient(options(settings.AWS_ENDPOINT_URL_BEDROCK));
  }

  onApplicationShutdown(): void {
    this.runtime.destroy();
    this.control.destroy();
  }
}

const defaultCredentials = (region: string) => new BedrockClient({ region }).config.credentials;

/**
 * Signing is preferred: left to itself the SDK takes AWS_BEARER_TOKEN_BEDROCK before any credentials, so that a
 * forgotten key would decide who we are.
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
 * The emulator wants a signature and believes any. Made-up credentials are for an endpoint on this machine only:
 * anywhere else a missing credential must be an error that says so.
 */
function ownOrMadeUp(region: string) {
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
