import { type BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { joined } from '../http/body-memory.js';
import { refusalOf } from './bedrock-error.js';
import type { HttpRequest, HttpResponse, HttpTransport } from './http-transport.js';
import type { ModelOperation } from './model-operation.js';
import { RequestSigner } from './request-signer.js';

type CallRequest = HttpRequest & { body: string | Uint8Array };

/** Common parts of all calls: the request without its input, and how it is authenticated. */
interface Pattern {
  request: HttpRequest;
  sign: (request: CallRequest) => Promise<CallRequest>;
}

/** Call of a model: its operation and its body as Bedrock takes them. */
export interface OperationCall {
  operation: ModelOperation | 'count-tokens';
  modelId: string;
  body: string | Uint8Array;
  /** Further headers of the request. */
  headers?: Record<string, string>;
}

const UNASKED = { modelId: 'm', messages: [] };
const NOTHING = {
  $metadata: {},
  output: undefined,
  stopReason: undefined,
  usage: undefined,
  metrics: undefined,
};
const SIGNING_NAME = 'bedrock';
const UNASKED_PATH = '/model/m/converse';
/** Difference from which AWS rejects a signature as too old or too new, with some margin. */
const CLOCK_IS_WRONG_MS = 240_000;

/**
 * Makes the calls of chats like the SDK, but prepares the common parts once. The SDK provides endpoint, headers and
 * credentials. See docs/adr/0035-prepare-sdk-calls-once.md.
 */
export class ConverseClient {
  private pattern: Promise<Pattern> | undefined;

  constructor(
    private readonly client: BedrockRuntimeClient,
    private readonly transport: HttpTransport,
    /** Used only if there are no credentials to sign with. */
    private readonly bearerToken: string | undefined,
  ) {}

  /**
   * Resolves with the response when its head has arrived.
   * @returns the response with its body unread
   * @throws Error with AWS's name of a refusal, and the SDK's error if there is no response
   */
  async send(
    { operation, modelId, body, headers }: OperationCall,
    abortSignal: AbortSignal,
  ): Promise<HttpResponse> {
    const { request, sign } = await this.knownPattern();
    const signed = await sign({
      ...request,
      path: `${request.path}/model/${encodeURIComponent(modelId)}/${operation}`,
      headers: { ...request.headers, ...headers, 'content-length': String(Buffer.byteLength(body)) },
      body,
    });
    const { response } = await this.transport.handle(signed, { abortSignal });
    if (response.statusCode < 300) return response;
    this.correctClockOffset(response);
    throw refusalOf({ ...response, body: await textOf(response) });
  }

  /** Returns the prepared pattern. A failure, such as missing credentials, is not cached. */
  private knownPattern(): Promise<Pattern> {
    this.pattern ??= this.makePattern().catch((error: unknown) => {
      this.pattern = undefined;
      throw error;
    });
    return this.pattern;
  }

  private async makePattern(): Promise<Pattern> {
    const request = await this.unsent();
    const { config } = this.client;
    const [scheme] = (await config.authSchemePreference?.()) ?? [];
    if (scheme === 'httpBearerAuth') {
      request.headers.authorization = `Bearer ${this.bearerToken}`;
      return { request, sign: async (one) => one };
    }
    await config.credentials();
    const signer = new RequestSigner(await config.region(), SIGNING_NAME);
    const now = () => new Date(Date.now() + config.systemClockOffset);
    return { request, sign: async (one) => signer.sign(one, await config.credentials(), now()) };
  }

  /** Captures a request of the SDK before it is signed and sent. */
  private async unsent(): Promise<HttpRequest> {
    const command = new ConverseCommand(UNASKED);
    let request: HttpRequest | undefined;
    command.middlewareStack.add(
      () => async (made) => {
        const { protocol, hostname, port, method, path, headers } = made.request as HttpRequest;
        request = { protocol, hostname, port, method, path, headers };
        return { response: undefined, output: NOTHING };
      },
      { step: 'build', priority: 'low', name: 'takeRequest' },
    );
    await this.client.send(command);
    return { ...request!, path: request!.path.slice(0, -UNASKED_PATH.length) };
  }

  /** Corrects the clock for later signatures if it differs from that of AWS. */
  private correctClockOffset({ headers }: HttpResponse): void {
    const offset = Date.parse(headers.date ?? '') - Date.now();
    if (Math.abs(offset) > CLOCK_IS_WRONG_MS) this.client.config.systemClockOffset = offset;
  }
}

/** Reads the body of a response to its end. */
export const textOf = ({ body }: HttpResponse): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    body.setEncoding('utf8');
    body.on('data', (piece: string) => {
      text += piece;
    });
    body.once('end', () => resolve(text));
    body.once('error', reject);
  });

/** Reads the bytes of a response to its end. */
export const bytesOf = ({ body }: HttpResponse): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    body.on('data', (piece: Buffer) => pieces.push(piece));
    body.once('end', () => resolve(joined(pieces)));
    body.once('error', reject);
  });
