import { type Answer, retryAfterSeconds } from './api-client.js';
import { stripControlChars } from './output.js';
import { facts, type Page } from './render.js';
import { type Problem, problemAnswer, reasonTexts } from './response-schemas.js';
import { commandWith, proposingCommand } from './successor-command.js';

type Refusal = Pick<Answer<never>, 'error' | 'response'> & {
  /** The profile whose key was sent; undefined: that of the environment. */
  readonly profile?: string;
  /** The token of a sign-in was sent. */
  readonly isSignIn?: true;
};

/** Shows a problem document, its reasons and an advice. */
export function problemOutput(refusal: Refusal, page: Page, modelId?: string): string {
  const { error, response } = refusal;
  const problem = problemAnswer.parse(error);
  const sentence = ownWords(
    problem,
    [problem.error, problem.detail, problem.message, problem.title].find((text) => text),
  );
  return [
    `❌ ${stripControlChars(sentence ?? `The service answered ${response.status}.`)}`,
    // The sentence often holds the particulars already.
    ...particulars({ ...problem, detail: ownWords(problem, problem.detail) })
      .filter((line) => !sentence?.includes(line))
      .map((line) => `   - ${stripControlChars(line)}`),
    ...facts([
      ['Successor', problem.successor],
      ['Use it', problem.successor && commandWith(problem.successor, page, modelId)],
      [
        'What to do',
        adviceToPropose(problem, page) ??
          adviceToPerson(refusal, page.program, problem.code) ??
          advice(refusal, page.program, problem.code),
      ],
      ['Request id', problem.requestId],
    ]),
  ].join('\n');
}

/** The service says at the end how a caller of the API proposes a change; `adviceToPropose` says it of this program. */
const ownWords = ({ code }: Problem, text: string | null | undefined) =>
  code === 'change_required' ? text?.replace(/ Propose it: .*/s, '') : text;

const adviceToPropose = ({ code }: Problem, page: Page): string | undefined =>
  code === 'change_required'
    ? `propose it: ${proposingCommand(page) ?? `${page.program} change-requests propose`}`
    : undefined;

function particulars({ error, detail, errors, reasons, candidates }: Problem): string[] {
  return [
    ...(error && detail ? [detail] : []),
    ...(errors ?? []).map(({ field, message, line, column }) => {
      const text = field ? `${field}: ${message}` : message;
      return line ? `line ${line}, column ${column}: ${text}` : text;
    }),
    ...reasonTexts(reasons),
    ...(candidates ?? []).map((model) => `${model.modelId}: ${reasonTexts(model.reasons).join('; ')}`),
  ];
}

function advice(
  { response, profile }: Refusal,
  program: string,
  code: string | null | undefined,
): string | undefined {
  const key = profile ? `the key of the profile ${profile}` : 'SUPABASE_SERVICE_KEY';
  if (code === 'model_not_found' || code === 'model_not_selectable') {
    return `see the models there are: ${program} list`;
  }
  const seconds = retryAfterSeconds(response);
  switch (response.status) {
    case 401:
      return `check ${key}: it is wrong, expired or revoked, or belongs to another environment`;
    case 403:
      return profile
        ? `take a profile whose key has the scope for this, not ${profile}`
        : 'set SUPABASE_SERVICE_KEY to a key that has the scope for this';
    case 429:
    case 503:
      return seconds === undefined ? 'try again in a few seconds' : `try again in ${seconds} s`;
    default:
      return undefined;
  }
}

/** Returns an advice where the caller is a person, or has to be one. */
function adviceToPerson(
  { response: { status }, isSignIn }: Refusal,
  program: string,
  code: string | null | undefined,
): string | undefined {
  if (code === 'read_only_key' || code === 'person_required') return `sign in as a person: ${program} login`;
  if (!isSignIn) return undefined;
  if (status === 401) return `your sign-in has ended. Sign in again: ${program} login`;
  return status === 403
    ? `ask for a group that has the scope for this: ${program} whoami shows yours`
    : undefined;
}
