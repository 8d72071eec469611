import { Inject, Injectable } from '@nestjs/common';
import { allowInsecureRequests, ClientSecretPost, type Configuration, discovery, None } from 'openid-client';
import { KeySet } from '#libs/platform/auth/key-set.js';
import { personId } from '#libs/platform/auth/person.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env, OidcIssuer } from '#libs/platform/config/env.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';

/** Seconds that the clocks of an issuer and of this service may differ. */
export const CLOCK_TOLERANCE_SECONDS = 60;
const TIMEOUT_SECONDS = 5;

/** Issuer with its discovery document. */
export interface DiscoveredIssuer {
  settings: OidcIssuer;
  client: Configuration;
  keys: KeySet;
}

/** Knows the configured issuers of OpenID Connect; reads the document of each once, at its first use. */
@Injectable()
export class OidcIssuers {
  private readonly discovered = new Map<string, Promise<DiscoveredIssuer>>();

  constructor(@Inject(ENV) private readonly env: Pick<Env, 'OIDC_ISSUERS'>) {}

  /** Issuers for the sign-in page. */
  list(): { id: string; name: string }[] {
    return this.env.OIDC_ISSUERS.map(({ issuer, name }) => ({ id: idOf(issuer), name }));
  }

  isKnown(issuer: string): boolean {
    return this.env.OIDC_ISSUERS.some((known) => known.issuer === issuer);
  }

  /** @param wanted `issuer` of a token, or an id of `list`. @returns undefined: it is not configured. @throws UnavailableError */
  async find(wanted: string): Promise<DiscoveredIssuer | undefined> {
    const settings = this.env.OIDC_ISSUERS.find(({ issuer }) => [issuer, idOf(issuer)].includes(wanted));
    if (!settings) return undefined;
    const { issuer } = settings;
    const known = this.discovered.get(issuer) ?? discover(settings);
    this.discovered.set(issuer, known);
    try {
      return await known;
    } catch (cause) {
      if (this.discovered.get(issuer) === known) this.discovered.delete(issuer);
      throw new UnavailableError(
        'issuer_unavailable',
        `${settings.name} does not answer. Try again shortly.`,
        {
          cause,
        },
      );
    }
  }
}

const idOf = (issuer: string): string => personId(issuer, '').slice(0, -1);

async function discover(settings: OidcIssuer): Promise<DiscoveredIssuer> {
  const { issuer, clientId, clientSecret } = settings;
  const client = await discovery(
    new URL(issuer),
    clientId,
    clientSecret,
    clientSecret === undefined ? None() : ClientSecretPost(clientSecret),
    {
      timeout: TIMEOUT_SECONDS,
      // Only an issuer that the operator has configured with http, such as that of development.
      ...(issuer.startsWith('http:') && { execute: [allowInsecureRequests] }),
    },
  );
  const metadata = client.serverMetadata();
  if (!metadata.jwks_uri) throw new Error(`${issuer} names no key set`);
  return { settings, client, keys: new KeySet(metadata.jwks_uri) };
}
