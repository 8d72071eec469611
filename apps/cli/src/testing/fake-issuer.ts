import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { SignJWT } from 'jose';
import { FakeServer } from './fake-server.js';

/** Answer of the token endpoint to a poll: an error of RFC 8628, nothing at all, or the tokens. */
type PollAnswer =
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token'
  | 'cut'
  | 'tokens';

/** An issuer of OpenID Connect with the device flow, whose answers a test plans. */
export class FakeIssuer extends FakeServer {
  readonly clientId = 'cli';
  /** Answers to the next polls; the last one is repeated. */
  polls: PollAnswer[] = ['tokens'];
  polled = 0;
  hasDeviceFlow = true;
  /** Answered to the beginning of a sign-in. */
  refusal: object | undefined;
  expiresIn = 600;
  verificationUri = 'https://login.example.com/device';
  token = '';

  protected async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await text(request);
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/token') return this.poll(request, answer);
    if (request.url !== '/device/auth') answer(200, this.discovery());
    else if (this.refusal) answer(400, this.refusal);
    else answer(200, this.code());
  }

  private async poll(
    { socket }: IncomingMessage,
    answer: (status: number, body: object) => unknown,
  ): Promise<void> {
    const poll = this.polls[Math.min(this.polled, this.polls.length - 1)]!;
    this.polled += 1;
    if (poll === 'cut') return void socket.destroy();
    if (poll !== 'tokens') return void answer(400, { error: poll });
    this.token = await this.idToken();
    answer(200, { access_token: 'a', token_type: 'Bearer', id_token: this.token });
  }

  private code(): object {
    return {
      device_code: 'device-code',
      user_code: 'ABCD-EFGH',
      verification_uri: this.verificationUri,
      verification_uri_complete: `${this.verificationUri}?user_code=ABCD-EFGH`,
      expires_in: this.expiresIn,
      interval: 0.01,
    };
  }

  /** The program does not verify it: the service does. */
  private idToken(): Promise<string> {
    return new SignJWT({ iss: this.url, aud: this.clientId, sub: 'ada' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('a-secret-of-a-fake-issuer-of-32-characters'));
  }

  private discovery(): object {
    return {
      issuer: this.url,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/jwks`,
      id_token_signing_alg_values_supported: ['HS256'],
      ...(this.hasDeviceFlow && { device_authorization_endpoint: `${this.url}/device/auth` }),
    };
  }
}
