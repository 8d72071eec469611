import { type BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { type HttpResponse, refusalOf } from './answer-error.js';
import { type ConverseRequest, converseBody } from './converse-request.js';

type SdkRequest = Parameters<NodeHttpHandler['handle']>[0];
/** The handler reads its fields; that it could clone itself is of no use. */
type HttpRequest = Omit<SdkRequest, 'clone' | 'query'>;

/** What all calls have in common: the request less what is asked, and how it is signed. */
interface Pattern {
  request: HttpRequest;
  sign: (request: HttpRequest) => Promise<HttpRequest>;
}

const UNASKED = { modelId: 'm', messages: [] };
const NOTHING = {
  $metadata: {},
  output: undefined,
  stopReason: undefined,
  usage: undefined,
  metrics: undefined,
};
const UNASKED_PATH = '/model/m/converse';
/** From here on AWS takes a signature for an old or a future one, with some room. */
const CLOCK_IS_WRONG_MS = 240_000;

/**
 * Makes the calls that chats are made of as the SDK makes them, without making everything anew for each: the SDK says once
 * where Bedrock is and with which headers, its signer signs with its credentials, its handler sends. See
 * docs/adr/0035-prepare-sdk-calls-once.md.
 */
export class ConverseClient {
  private pattern: Promise<Pattern> | undefined;

  constructor(
    private readonly client: BedrockRuntimeClient,
    private readonly handler: NodeHttpHandler,
    /** Used only where there is nothing to sign with. */
    private readonly bearerToken: string | undefined,
  ) {}

  /**
   * @returns the answer as soon as its head is here
   * @throws Error with the name that AWS gives a refusal, and what the SDK throws where there is no answer
   */
  async send(
    operation: 'converse' | 'converse-stream',
    question: ConverseRequest,
    abortSignal: AbortSignal,
  ): Promise<HttpResponse> {
    const { request, sign } = await this.knownPattern();
    const body = converseBody(question);
    const signed = await sign({
      ...request,
      path: `${request.path}/model/${encodeURIComponent(question.modelId)}/${operation}`,
      headers: { ...request.headers, 'content-length': String(Buffer.byteLength(body)) },
      body,
    });
    const { response } = await this.handler.handle(signed as SdkRequest, { abortSignal });
    if (response.statusCode < 300) return response;
    this.heedClock(response);
    throw await refusalOf(response);
  }

  /** Without credentials there is none yet: the next call looks again. */
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
    const signer = await config.signer();
    const now = () => new Date(Date.now() + config.systemClockOffset);
    return { request, sign: (one) => signer.sign(one, { signingDate: now() }) };
  }

  /** A request as the SDK makes it, taken before it is signed and sent. */
  private async unsent(): Promise<HttpRequest> {
    const command = new ConverseCommand(UNASKED);
    let request: HttpRequest | undefined;
    command.middlewareStack.add(
      () => async (made) => {
        request = made.request as HttpRequest;
        return { response: undefined, output: NOTHING };
      },
      { step: 'build', priority: 'low', name: 'takeRequest' },
    );
    await this.client.send(command);
    return { ...request!, path: request!.path.slice(0, -UNASKED_PATH.length) };
  }

  /** A machine whose clock is wrong signs with that of AWS from the next call on. */
  private heedClock({ headers }: HttpResponse): void {
    const offset = Date.parse(headers.date ?? '') - Date.now();
    if (Math.abs(offset) > CLOCK_IS_WRONG_MS) this.client.config.systemClockOffset = offset;
  }
}
