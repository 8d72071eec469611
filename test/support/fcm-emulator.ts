import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { jwtVerify } from 'jose';

const ACCESS_TOKEN = 'an-access-token';

interface Push {
  token: string;
  notification: { title: string; body: string };
  data: Record<string, string>;
}

/** Firebase Cloud Messaging and Google's token endpoint, as far as their documentation describes them. */
export class FcmEmulator {
  readonly pushes: Push[] = [];
  tokenRequests = 0;
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly failures = new Map<string, [number, string]>();
  private readonly server = createServer((request, response) => void this.respond(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The file that Google gives for a service account. */
  get serviceAccount(): string {
    const private_key = this.keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
    const token_uri = `${this.url}/token`;
    return JSON.stringify({ project_id: 'clinic', client_email: 'push@clinic.test', private_key, token_uri });
  }

  /** @param errorCode of FCM, such as UNREGISTERED */
  fail(device: string, status: number, errorCode: string): void {
    this.failures.set(device, [status, errorCode]);
  }

  heal(): void {
    this.failures.clear();
  }

  to(device: string): Push[] {
    return this.pushes.filter(({ token }) => token === device);
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const [status, answer] = await this.answerTo(request, body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private async answerTo(request: IncomingMessage, body: string): Promise<[number, object]> {
    if (request.url === '/token') return this.token(body);
    if (request.url !== '/v1/projects/clinic/messages:send') return [404, {}];
    return this.push(request, JSON.parse(body).message);
  }

  private async token(body: string): Promise<[number, object]> {
    this.tokenRequests += 1;
    const audience = `${this.url}/token`;
    const assertion = new URLSearchParams(body).get('assertion') ?? '';
    const { payload } = await jwtVerify(assertion, this.keys.publicKey, {
      audience,
      issuer: 'push@clinic.test',
    });
    if (payload.scope !== 'https://www.googleapis.com/auth/firebase.messaging') return [400, {}];
    return [200, { access_token: ACCESS_TOKEN, expires_in: 3599, token_type: 'Bearer' }];
  }

  private push({ headers }: IncomingMessage, message: Push): [number, object] {
    if (headers.authorization !== `Bearer ${ACCESS_TOKEN}`) return [401, {}];
    const failure = this.failures.get(message.token);
    if (failure) return [failure[0], { error: { status: 'FAILED', details: [{ errorCode: failure[1] }] } }];
    this.pushes.push(message);
    return [200, { name: 'projects/clinic/messages/1' }];
  }
}
