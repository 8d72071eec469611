import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

/** Person of development; anyone may sign in as any of them. */
export interface DevelopmentPerson {
  id: string;
  name: string;
  /** Groups of the issuer, which OIDC_ROLES maps to scopes. */
  groups: string[];
}

const DEVELOPMENT_PEOPLE: DevelopmentPerson[] = [
  { id: 'ada', name: 'Ada (operator)', groups: ['ml-ops'] },
  { id: 'ben', name: 'Ben (clinical lead)', groups: ['clinical-leads'] },
  { id: 'cleo', name: 'Cleo (auditor)', groups: ['auditors'] },
];
export const CLIENT_ID = 'model-orchestrator';
/** Of the command line, which signs in by the device flow. */
export const CLI_CLIENT_ID = 'model-orchestrator-cli';
const DEVICE_FLOW = 'urn:ietf:params:oauth:grant-type:device_code';
const CHOICE = /^\/interaction\/([\w-]+)(?:\/(\w+))?$/;

/** Issuer of OpenID Connect without passwords, for development and tests. */
export class IdentityProvider {
  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    private readonly people: DevelopmentPerson[],
  ) {}

  /** @param callbacks URLs that a browser may be sent back to */
  static async start(
    callbacks: string[],
    {
      port = 0,
      people = DEVELOPMENT_PEOPLE,
      logoutUrl,
    }: { port?: number; people?: DevelopmentPerson[]; logoutUrl?: string } = {},
  ): Promise<IdentityProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const started = new IdentityProvider(server, issuer, people);
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const provider = new Provider(issuer, {
      ...started.configuration(callbacks, logoutUrl),
      jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] },
    });
    const callback = provider.callback();
    server.on('request', (request, response) => {
      const choice = CHOICE.exec(request.url ?? '');
      if (!choice) return callback(request, response);
      return started.choose(provider, choice[2], { request, response });
    });
    return started;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private configuration(callbacks: string[], logoutUrl: string | undefined): Configuration {
    const logout = logoutUrl && {
      backchannel_logout_uri: logoutUrl,
      backchannel_logout_session_required: true,
    };
    return {
      clients: [
        {
          client_id: CLIENT_ID,
          token_endpoint_auth_method: 'none',
          redirect_uris: callbacks,
          grant_types: ['authorization_code'],
          response_types: ['code'],
          require_auth_time: true,
          ...logout,
        },
        {
          client_id: CLI_CLIENT_ID,
          client_name: 'orchestrate-bedrock',
          token_endpoint_auth_method: 'none',
          redirect_uris: [],
          grant_types: [DEVICE_FLOW],
          response_types: [],
          require_auth_time: true,
          ...logout,
        },
      ],
      claims: { openid: ['sub'], profile: ['name', 'groups'] },
      // The groups are in the ID token, where this service reads them.
      conformIdTokenClaims: false,
      cookies: { keys: [randomBytes(32).toString('hex')] },
      features: {
        devInteractions: { enabled: false },
        backchannelLogout: { enabled: true },
        deviceFlow: DEVICE_PAGES,
        rpInitiatedLogout: LOGOUT_PAGES,
      },
      fetch: fetchOnThisMachine,
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      ttl: { IdToken: 3_600, Session: 8 * 3_600, Interaction: 600, Grant: 8 * 3_600, AccessToken: 3_600 },
      findAccount: (_, id) => {
        const person = this.people.find((known) => known.id === id);
        return (
          person && { accountId: id, claims: () => ({ sub: id, name: person.name, groups: person.groups }) }
        );
      },
      loadExistingGrant: async ({ oidc }) => {
        const { clientId } = oidc.client!;
        const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session!.accountId! });
        grant.addOIDCScope('openid profile');
        await grant.save();
        return grant;
      },
    };
  }

  /** Shows who there is, and signs in who was chosen. */
  private async choose(
    provider: Provider,
    chosen: string | undefined,
    { request, response }: { request: IncomingMessage; response: ServerResponse },
  ): Promise<void> {
    try {
      const { uid } = await provider.interactionDetails(request, response);
      if (chosen !== undefined && this.people.some(({ id }) => id === chosen))
        return await provider.interactionFinished(request, response, { login: { accountId: chosen } });
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(this.page(uid));
    } catch (error) {
      response
        .writeHead(400, { 'content-type': 'text/plain' })
        .end(`${(error as Error).message}: sign in again`);
    }
  }

  private page(uid: string): string {
    const links = this.people
      .map(({ id, name }) => `<li><a href="/interaction/${uid}/${id}">${name}</a></li>`)
      .join('');
    return shell(`<p>No password: this issuer is for development.</p><ul>${links}</ul>`);
  }
}

const button = (form: string, text: string, attributes = ''): string =>
  `<button type="submit" form="${form}" ${attributes}>${text}</button>`;

const shell = (
  content: string,
): string => `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
<title>Sign in (development)</title><main style="font:1rem system-ui;max-width:30rem;margin:4rem auto">
<h1>Sign in (development)</h1>${content}</main>`;

const DEVICE_PAGES: NonNullable<Configuration['features']>['deviceFlow'] = {
  enabled: true,
  userCodeInputSource: (ctx, form, _, error) => {
    const text = error
      ? 'This code is not valid, or the sign-in was refused.'
      : 'Enter the code that your terminal shows.';
    ctx.body = shell(`<p>${text}</p>${form}${button('op.deviceInputForm', 'Continue')}`);
  },
  userCodeConfirmSource: (ctx, form, ...[, , userCode]) => {
    const yes = button('op.deviceConfirmForm', 'Yes, sign in');
    const no = button('op.deviceConfirmForm', 'No', 'name="abort" value="yes"');
    ctx.body = shell(`<p>Does your terminal show <b>${userCode}</b>?</p>${form}${yes} ${no}`);
  },
  successSource: (ctx) => {
    ctx.body = shell('<p>You are signed in: go back to your terminal.</p>');
  },
};

const LOGOUT_PAGES: NonNullable<Configuration['features']>['rpInitiatedLogout'] = {
  enabled: true,
  logoutSource: (ctx, form) => {
    ctx.body = shell(`${form}${button('op.logoutForm', 'Sign out', 'name="logout" value="yes"')}`);
  },
  postLogoutSuccessSource: (ctx) => {
    ctx.body = shell('<p>You are signed out.</p>');
  },
};

const LOGOUT_TIMEOUT_MS = 30_000;

/** The library refuses addresses of this machine, where the api that it sends logouts to is. */
const fetchOnThisMachine: Configuration['fetch'] = (url, options) => {
  const signal = AbortSignal.timeout(LOGOUT_TIMEOUT_MS);
  return fetch(url, { ...options, signal, dispatcher: undefined } as RequestInit);
};
