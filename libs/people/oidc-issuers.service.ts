import { Inject, Injectable } from '@nestjs/common';
import { decodeJwt, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import { allowInsecureRequests, ClientSecretPost, type Configuration, discovery, None } from 'openid-client';
import { KeySet } from '#libs/platform/auth/key-set.js';
import { personId } from '#libs/platform/auth/person.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env, OidcIssuer } from '#libs/platform/config/env.js';
import { UnauthenticatedError, UnavailableError } from '#libs/platform/errors/errors.js';

/** Seconds that the clocks of an issuer and of this service may differ. */
const CLOCK_TOLERANCE_SECONDS = 60;
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const TIMEOUT_SECONDS = 5;

/** Issuer with its discovery document. */
export interface DiscoveredIssuer {
  settings: OidcIssuer;
  client: Configuration;
  keys: KeySet;
}

/** Verified token with the settings of its issuer. */
export interface VerifiedToken {
  claims: JWTPayload;
  settings: OidcIssuer;
}

export interface SignInIssuer {
  id: string;
  name: string;
  issuer: string;
  /** Null: the command line cannot sign in there. */
  cliClientId: string | null;
  /** Separated by spaces. */
  scope: string;
}

/** Knows the configured issuers of OpenID Connect; reads the document of each once, at its first use. */
@Injectable()
export class OidcIssuers {
  private readonly discovered = new Map<string, Promise<DiscoveredIssuer>>();

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'OIDC_ISSUERS'>,
    private readonly clock: Clock,
  ) {}

  /** Issuers for the sign-in page and the command line. */
  list(): SignInIssuer[] {
    return this.env.OIDC_ISSUERS.map((settings) => {
      const { issuer, name, scope } = settings;
      return { id: idOf(issuer), name, issuer, cliClientId: cliClientOf(settings), scope: scopeOf(scope) };
    });
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

  /**
   * Verifies a token for our client by the issuer that it claims.
   * @param refusal what is said of a token that is forged, expired or for another client
   * @returns undefined: it is of no configured issuer
   * @throws UnauthenticatedError, UnavailableError
   */
  async verify(
    token: string,
    refusal: string,
    options: Pick<JWTVerifyOptions, 'requiredClaims' | 'maxTokenAge'>,
  ): Promise<VerifiedToken | undefined> {
    const claimed = issuerOf(token);
    const found = claimed === undefined ? undefined : await this.find(claimed);
    if (!found) return undefined;
    const { settings, keys } = found;
    try {
      const { payload } = await jwtVerify(token, keys.find, {
        ...options,
        issuer: settings.issuer,
        audience: [settings.clientId, cliClientOf(settings) ?? settings.clientId],
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: this.clock.now(),
      });
      return { claims: payload, settings };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw new UnauthenticatedError(refusal, { cause: error });
    }
  }
}

/** Returns the issuer that a token claims, which is not verified; undefined: it is no token. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** @param further scopes of the settings */
export const scopeOf = (further: string): string => `openid ${further}`.trim();

/** A client with a secret is none for the command line, which cannot keep it. */
const cliClientOf = ({ clientId, clientSecret, cliClientId }: OidcIssuer): string | null =>
  cliClientId ?? (clientSecret === undefined ? clientId : null);

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
