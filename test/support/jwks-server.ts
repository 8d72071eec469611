import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { JWT_ISSUER } from './test-env.js';

const KEY_ID = 'signing-key-1';

/** The key set of a Supabase project with asymmetric signing keys, and the private key behind it. */
export class JwksServer {
  /** Status of the answers. */
  status = 200;

  private constructor(
    private readonly server: Server,
    private readonly privateKey: CryptoKey,
  ) {}

  static async start(): Promise<JwksServer> {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const keys = [{ ...(await exportJWK(publicKey)), kid: KEY_ID, alg: 'ES256', use: 'sig' }];
    const server = createServer();
    const keySet = new JwksServer(server, privateKey);
    server.on('request', (_, response) => {
      response.writeHead(keySet.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return keySet;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/.well-known/jwks.json`;
  }

  /** An access token of this project; `key` signs it with another key under the same name. */
  token(sub: string, key: CryptoKey = this.privateKey): Promise<string> {
    return new SignJWT({ role: 'authenticated' })
      .setProtectedHeader({ alg: 'ES256', kid: KEY_ID })
      .setSubject(sub)
      .setAudience('authenticated')
      .setIssuer(JWT_ISSUER)
      .setExpirationTime('1h')
      .sign(key);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
