import { vi } from 'vitest';
import { decodeFrames } from '../../apps/bedrock-emulator/src/event-frames.js';
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from '../../apps/bedrock-emulator/src/start-emulator.js';

export interface TestEmulator extends Emulator {
  /** The environment that points both planes at it. */
  settings: {
    AWS_REGION: string;
    AWS_ENDPOINT_URL_BEDROCK: string;
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: string;
  };
}

/** The emulator in this process, for specs of libs too, which import no app. */
export async function testEmulator(options?: EmulatorOptions): Promise<TestEmulator> {
  withoutAwsAccount();
  const emulator = await startEmulator(options);
  return {
    ...emulator,
    settings: {
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_BEDROCK: emulator.url,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: emulator.url,
    },
  };
}

/** The events of a stream, each as a member of the union of its events. */
export async function streamedEvents(response: Response): Promise<Record<string, unknown>[]> {
  const frames = decodeFrames(new Uint8Array(await response.arrayBuffer()));
  return frames.map(({ headers, payload }) => {
    const name = String(headers[':event-type'] ?? headers[':exception-type']);
    return { [name]: payload };
  });
}

/** Hides the developer's own account from the SDK, and keeps it from asking the machine's metadata service. */
export function withoutAwsAccount(): void {
  for (const name of [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_BEARER_TOKEN_BEDROCK',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ])
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
}
