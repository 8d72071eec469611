import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

const ALGORITHM = 'RS256';
export const LOGOUT_EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };

/** An issuer of OpenID Connect that signs whatever claims a test gives it. */
export class OidcIssuer {
  private key: { id: string; private: CryptoKey } | undefined;
  private keySet: object = { keys: [] };

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OidcIssuer> {
    const server = createServer();
    const started = new OidcIssuer(server);
    await started.rotate();
    server.on('request', ({ url }, response) => {
      const body = url === '/jwks' ? started.keySet : started.discovery();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Signs with a new key from now on; the old one is gone from the key set. */
  async rotate(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
    const id = `key-${Math.random()}`;
    this.key = { id, private: privateKey };
    this.keySet = { keys: [{ ...(await exportJWK(publicKey)), kid: id, alg: ALGORITHM, use: 'sig' }] };
  }

  /** @param claims besides `iss`; a claim that is undefined is left out */
  token(claims: Record<string, unknown>): Promise<string> {
    const all = { iss: this.issuer, ...claims };
    return new SignJWT(JSON.parse(JSON.stringify(all)))
      .setProtectedHeader({ alg: ALGORITHM, kid: this.key!.id })
      .sign(this.key!.private);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private discovery(): object {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [ALGORITHM],
    };
  }
}
