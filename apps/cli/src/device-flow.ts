import type { DeviceAuthorizationResponse, ResponseBodyError } from 'openid-client';
import type { Schemas } from '#libs/client/client.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { stripControlChars } from './output.js';

export type Issuer = Omit<Schemas['SignInIssuer'], 'cliClientId'> & { cliClientId: string };

/** Page and code with which a person can approve the sign-in in a browser. */
export interface DeviceCode {
  /** Address to open, with the code in it where the issuer offers that. */
  readonly url: string;
  readonly userCode: string;
  readonly expiresInSeconds: number;
}

interface Conduct {
  readonly show: (code: DeviceCode) => void;
  /** Aborted by Ctrl-C. */
  readonly interruption: AbortSignal;
}

const TIMEOUT_SECONDS = 10;
/** Polls that may get no answer: a laptop changes its network while its owner reads the code. */
const MAX_LOST_POLLS = 3;

/**
 * Signs a person in by the device flow (RFC 8628).
 * @returns the ID token, which only the service verifies
 * @throws CliFailure where the person refuses, the code expires, Ctrl-C comes, or the issuer is away or has no such flow
 */
export async function signInByDevice(issuer: Issuer, { show, interruption }: Conduct): Promise<string> {
  // Other commands start without the library.
  const client = await import('openid-client');
  const { cliClientId, scope } = issuer;
  const options = {
    timeout: TIMEOUT_SECONDS,
    // The operator has configured an issuer without TLS, such as that of development.
    ...(issuer.issuer.startsWith('http:') && { execute: [client.allowInsecureRequests] }),
  };
  const interrupted = abortedBy(interruption);
  const configuration = await Promise.race([
    interrupted,
    client
      .discovery(new URL(issuer.issuer), cliClientId, undefined, client.None(), options)
      .catch((error: unknown) => {
        throw unreachable(issuer, error);
      }),
  ]);
  if (!configuration.serverMetadata().device_authorization_endpoint) throw withoutDeviceFlow(issuer);
  const code = await client.initiateDeviceAuthorization(configuration, { scope }).catch((error: unknown) => {
    throw error instanceof client.ResponseBodyError ? notBegun(issuer, error) : unreachable(issuer, error);
  });
  show(toDeviceCode(code, issuer));
  const isRefusal = (error: unknown): error is ResponseBodyError => error instanceof client.ResponseBodyError;
  const poll = (signal: AbortSignal) =>
    client.pollDeviceAuthorizationGrant(configuration, code, undefined, { signal });
  const tokens = await Promise.race([interrupted, approved({ issuer, code, interruption, poll, isRefusal })]);
  if (!tokens.id_token) throw new CliFailure(`${named(issuer)} gave no ID token.`, EXIT.refused);
  return tokens.id_token;
}

interface Approval<Tokens> {
  readonly issuer: Issuer;
  readonly code: DeviceAuthorizationResponse;
  readonly interruption: AbortSignal;
  readonly poll: (signal: AbortSignal) => Promise<Tokens>;
  readonly isRefusal: (error: unknown) => error is ResponseBodyError;
}

async function approved<Tokens>(approval: Approval<Tokens>): Promise<Tokens> {
  const { issuer, code, interruption, poll, isRefusal } = approval;
  const expiry = AbortSignal.timeout(code.expires_in * 1000);
  const signal = AbortSignal.any([interruption, expiry]);
  let left = MAX_LOST_POLLS;
  /** Forgives a poll that got no answer. */
  const orLost = (error: unknown): undefined => {
    if (expiry.aborted) throw expired();
    if (isRefusal(error)) throw refused(issuer, error);
    if (left === 0 || interruption.aborted) throw unreachable(issuer, error);
    left -= 1;
  };
  for (;;) {
    const tokens = await poll(signal).catch(orLost);
    if (tokens !== undefined) return tokens;
  }
}

/** Rejects as soon as Ctrl-C comes. */
function abortedBy(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    const cancel = () => reject(new CliFailure('The sign-in was cancelled. Nothing was kept.', EXIT.refused));
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
  // Nobody may be waiting for it any more.
  aborted.catch(() => undefined);
  return aborted;
}

/** @throws CliFailure for an address that a browser must not open */
function toDeviceCode(code: DeviceAuthorizationResponse, issuer: Issuer): DeviceCode {
  const url = code.verification_uri_complete ?? code.verification_uri;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new CliFailure(`${named(issuer)} named no web page to sign in at.`, EXIT.refused);
  return { url: new URL(url).href, userCode: code.user_code, expiresInSeconds: code.expires_in };
}

const named = ({ name, issuer }: Issuer): string => stripControlChars(`${name} (${issuer})`);

const reasonOf = ({ error, error_description: description }: ResponseBodyError): string =>
  stripControlChars(description ? `${error}: ${description}` : error);

function unreachable(issuer: Issuer, error: unknown): CliFailure {
  const { message, cause } = error as Error;
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : message;
  return new CliFailure(
    `Cannot reach the issuer ${named(issuer)}: ${stripControlChars(why)}.\n  Nothing was kept. Try again when it answers.`,
    EXIT.unreachable,
  );
}

const withoutDeviceFlow = (issuer: Issuer): CliFailure =>
  new CliFailure(
    `${named(issuer)} offers no device flow (RFC 8628), by which this program signs in. Sign in at the console instead.`,
    EXIT.refused,
  );

const notBegun = (issuer: Issuer, error: ResponseBodyError): CliFailure =>
  new CliFailure(
    `${named(issuer)} did not begin the sign-in (${reasonOf(error)}).\n` +
      `  Allow the device flow there for the client ${issuer.cliClientId}, or set another cliClientId in OIDC_ISSUERS.`,
    EXIT.refused,
  );

const expired = (): CliFailure =>
  new CliFailure('The code has expired before anybody approved it. Run login again.', EXIT.refused);

function refused(issuer: Issuer, error: ResponseBodyError): CliFailure {
  if (error.error === 'expired_token') return expired();
  if (error.error === 'access_denied')
    return new CliFailure(`The sign-in was refused at ${named(issuer)}. Nothing was kept.`, EXIT.refused);
  return new CliFailure(`${named(issuer)} ended the sign-in (${reasonOf(error)}).`, EXIT.refused);
}
