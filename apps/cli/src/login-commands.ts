import type { Schemas } from '#libs/client/client.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Cli, examples, nonEmpty } from './command-help.js';
import { type DeviceCode, type Issuer, signInByDevice } from './device-flow.js';
import { stripControlChars } from './output.js';
import { shownTime } from './render.js';
import { problemAnswer } from './response-schemas.js';
import { type CliContext, runCommand } from './run-command.js';
import { forgetSignIn, keepSignIn, signInAt, signInsFile } from './sign-ins.js';

type Session = Schemas['Session'];

/** Longest token that the service reads. */
const MAX_TOKEN = 4_096;

/** Adds the commands by which a person signs in and out. */
export function addLoginCommands(cli: Cli): void {
  addLogin(cli);
  addLogout(cli);
}

function addLogin({ program, stream, env, interruption }: Cli): void {
  const login = program
    .command('login')
    .description('sign in as a person, in a browser of any device; the sign-in is kept in a file of yours')
    .option('--issuer <name>', 'where you sign in, if there are several', nonEmpty)
    .action(({ issuer: wanted }: { issuer?: string }) =>
      stream(async (context) => {
        const issuer = await chosenIssuer(context, wanted);
        const token = await signInByDevice(issuer, {
          show: (code) => context.output.err(promptText(issuer, code)),
          interruption: interruption(),
        });
        return keep(context, { token, issuer, isOverridden: Boolean(env.SUPABASE_SERVICE_KEY), env });
      }),
    );
  examples(login, '', '--issuer MedZen');
}

/** @throws CliFailure where the service has no such issuer, or where the command line cannot sign in */
async function chosenIssuer(context: CliContext, wanted: string | undefined): Promise<Issuer> {
  const { data, response } = await context.clientWith('').api().GET('/v1/session/issuers');
  if (!data)
    throw new CliFailure(`The service answered ${response.status} to the list of issuers.`, EXIT.refused);
  const issuers = data.items.filter((item): item is Issuer => typeof item.cliClientId === 'string');
  if (issuers.length === 0)
    throw new CliFailure(
      data.items.length === 0
        ? 'People cannot sign in at this service: it has no OIDC_ISSUERS. Use a service key.'
        : 'The command line cannot sign in at this service: its OIDC_ISSUERS have no cliClientId. Use the console.',
      EXIT.refused,
    );
  const found = issuers.filter(({ id, name }) => wanted === undefined || [id, name].includes(wanted));
  if (found.length === 1) return found[0]!;
  const names = issuers.map(({ name }) => name).join(', ');
  throw new CliFailure(stripControlChars(`Name one issuer with --issuer. There are: ${names}.`), EXIT.usage);
}

function promptText({ name }: Issuer, { url, userCode, expiresInSeconds }: DeviceCode): string {
  const minutes = Math.max(1, Math.round(expiresInSeconds / 60));
  return [
    `To sign in at ${stripControlChars(name)}, open this page in a browser:`,
    '',
    `    ${stripControlChars(url)}`,
    '',
    `and see that it shows the code ${stripControlChars(userCode)}. It is valid for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}; Ctrl-C cancels.`,
  ].join('\n');
}

interface Kept {
  readonly token: string;
  readonly issuer: Issuer;
  /** The environment has a key, which commands use. */
  readonly isOverridden: boolean;
  readonly env: Cli['env'];
}

/** Keeps a token that the service accepts. @returns the exit code */
async function keep(context: CliContext, { token, issuer, isOverridden, env }: Kept): Promise<number> {
  if (token.length > MAX_TOKEN)
    throw new CliFailure(
      `The token of ${stripControlChars(issuer.name)} has ${token.length} characters, and the service reads ${MAX_TOKEN}: leave claims out of it there.`,
      EXIT.refused,
    );
  const { data, error, response } = await context.clientWith(token).api().GET('/v1/session');
  if (!data) throw notAccepted(error, issuer);
  const url = context.address();
  keepSignIn(env, url, { token, issuer: issuer.issuer, expiresAt: data.expiresAt });
  if (isOverridden)
    context.output.err(
      'Warning: commands use SUPABASE_SERVICE_KEY of the environment before the sign-in. Unset it to act as yourself.',
    );
  return runCommand<Session>(
    {
      send: async () => ({ data, response }),
      show: (session, page) =>
        [
          `✅ Signed in at ${url} as ${stripControlChars(session.actor)}${until(session, page)}.`,
          `   Scopes: ${session.scopes.join(', ') || 'none: no group of yours has a role here'}`,
          `   Kept in ${signInsFile(env)}`,
        ].join('\n'),
      quiet: ({ actor }) => actor,
    },
    context,
  );
}

function notAccepted(error: unknown, { issuer, cliClientId }: Issuer): CliFailure {
  const { detail } = problemAnswer.parse(error);
  return new CliFailure(
    [
      `The service refused the sign-in: ${detail ?? 'it did not say why'}. Nothing was kept.`,
      `  It has to accept the client ${cliClientId} of ${issuer}: see OIDC_ISSUERS.`,
    ]
      .map(stripControlChars)
      .join('\n'),
    EXIT.refused,
  );
}

const until = ({ expiresAt }: Session, page: CliContext['page']): string =>
  expiresAt ? ` until ${shownTime(expiresAt, page)}` : '';

function addLogout({ program, stream, env }: Cli): void {
  program
    .command('logout')
    .description('forget the sign-in at the installation; the session at the issuer stays')
    .action(() =>
      stream(async (context) => {
        const url = context.address();
        const isSignedIn = signInAt(env, url) !== undefined;
        forgetSignIn(env, url);
        return runCommand(
          {
            send: async () => ({ data: { url, signedOut: isSignedIn }, response: new Response() }),
            show: () =>
              isSignedIn
                ? `✅ The sign-in at ${url} is forgotten here. A copy of its token ends by itself.`
                : `You were not signed in at ${url}.`,
          },
          context,
        );
      }),
    );
}
