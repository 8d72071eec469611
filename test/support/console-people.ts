import { afterAll, beforeAll } from 'vitest';
import { CLIENT_ID, IdentityProvider } from '../../apps/identity-provider/src/identity-provider.js';
import type { Page } from '../../tools/browser.js';
import { Console } from './console.js';
import { stablePort } from './stable-port.js';

/** Signs in at the identity provider of development. @param person beginning of the name that it shows */
export async function signIn(page: Page, person: RegExp): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with development' }).click();
  await page.getByRole('link', { name: person }).click();
  await page.getByRole('button', { name: /^Signed in as person:/ }).waitFor();
}

/** The console with an identity provider, at which Ada, Ben and Cleo sign in. Each keeps its browser. */
export class ConsoleOfPeople extends Console {
  private provider: IdentityProvider | undefined;

  /** @param roles scopes of the groups of the issuer */
  constructor(roles: Record<string, string[]>) {
    let port = 0;
    super(true, async () => {
      port = await stablePort();
      const issuers = [{ issuer: `http://127.0.0.1:${port}`, name: 'development', clientId: CLIENT_ID }];
      return { OIDC_ISSUERS: JSON.stringify(issuers), OIDC_ROLES: JSON.stringify(roles) };
    });
    beforeAll(async () => {
      this.provider = await IdentityProvider.start([`${this.chats.url}/v1/session/callback`], { port });
    });
    afterAll(() => this.provider?.close());
  }

  /** A person in a separate browser, at a page of the console. */
  async person(name: RegExp, path: string): Promise<Page> {
    const page = await this.somebody();
    await page.goto(`/console${path}`);
    await signIn(page, name);
    // The identity provider has no icon.
    this.forgive(/status of 404/);
    return this.goTo(path, page);
  }

  async activeModel(useCase: string): Promise<string> {
    return (await this.chats.system.get(`/v1/use-cases/${useCase}`)).body.activeModelId;
  }
}
