import { describe, expect, it } from 'vitest';
import { BedrockError, type BedrockErrorDetails, type BedrockErrorKind } from './bedrock-error.js';
import {
  asBedrockUnavailable,
  type FailurePolicy,
  failureOfStop,
  POLICIES,
  refusalOfStop,
} from './failure-policy.js';

const [RETRIED, LEFT] = [true, false];
const [ALERT, QUIET] = [true, false];

it.each<
  [
    kind: BedrockErrorKind,
    retrySameModel: boolean,
    fallBack: FailurePolicy['fallBack'],
    health: FailurePolicy['health'],
    alert: boolean,
    answer: FailurePolicy['answer'],
  ]
>([
  ['throttled', RETRIED, 'yes', 'breaker', QUIET, 'unavailable'],
  ['unavailable', RETRIED, 'yes', 'breaker', QUIET, 'unavailable'],
  ['not_ready', LEFT, 'yes', 'breaker', QUIET, 'unavailable'],
  ['stream_broken', LEFT, 'yes', 'breaker', QUIET, 'unavailable'],
  ['unusable_answer', LEFT, 'yes', 'breaker', QUIET, 'unavailable'],
  ['input_too_long', LEFT, 'larger_window', 'none', QUIET, 'unprocessable'],
  ['invalid_request', LEFT, 'no', 'none', QUIET, 'invalid'],
  ['refused', LEFT, 'no', 'none', QUIET, 'unprocessable'],
  ['model_gone', LEFT, 'yes', 'unavailable_until_sync', QUIET, 'unavailable'],
  ['access_pending', LEFT, 'yes', 'recheck_after_15_min', QUIET, 'unavailable'],
  ['access_denied', LEFT, 'once', 'unavailable_until_probe', ALERT, 'unavailable'],
  ['bad_credentials', LEFT, 'no', 'none', ALERT, 'unavailable'],
  ['guardrail_unavailable', LEFT, 'yes', 'none', ALERT, 'unavailable'],
  ['cancelled', LEFT, 'no', 'none', QUIET, null],
])(
  '%s has its reaction: retry %s, fallback %s, health %s, alert %s, answer %s',
  (...[kind, retrySameModel, fallBack, health, alert, answer]) => {
    expect(POLICIES[kind]).toEqual({ retrySameModel, fallBack, health, alert, answer });
  },
);

it.each([
  ['end_turn', null, null],
  ['max_tokens', null, null],
  ['stop_sequence', null, null],
  ['tool_use', null, null],
  ['guardrail_intervened', 'guardrail_intervened', null],
  ['content_filtered', 'refused', null],
  ['model_context_window_exceeded', null, 'input_too_long'],
  ['malformed_model_output', null, 'unusable_answer'],
  ['malformed_tool_use', null, 'unusable_answer'],
  ['a_reason_of_tomorrow', null, null],
])('a response that stops by %s is the refusal: %s, the failure: %s', (stopReason, refusal, failure) => {
  expect([refusalOfStop(stopReason), failureOfStop(stopReason)]).toEqual([refusal, failure]);
});

describe('a failure of Bedrock in a request that needs it', () => {
  const failure = (kind: BedrockErrorKind, changes: Partial<BedrockErrorDetails> = {}) =>
    new BedrockError('arn:aws:iam::111122223333:role/secret', {
      ...{ kind, awsName: 'Failure', modelId: null, textShown: false },
      ...changes,
    });
  const AWAY = 'Bedrock does not answer right now. Try again shortly.';
  const REFUSED =
    'Bedrock does not accept the request of this service. See the log of the service for the reason.';
  const NOT_ALLOWED =
    'The AWS role of this service lacks a right. See the log for the right, and iam/ for the policies.';

  it.each<[kind: BedrockErrorKind, message: string, retryAfter: number]>([
    ['throttled', 'Bedrock gets too many requests from this AWS account right now. Try again shortly.', 5],
    ['unavailable', AWAY, 5],
    ['not_ready', AWAY, 5],
    ['stream_broken', AWAY, 5],
    ['unusable_answer', AWAY, 5],
    ['cancelled', AWAY, 60],
    ['input_too_long', REFUSED, 60],
    ['invalid_request', REFUSED, 60],
    ['refused', REFUSED, 60],
    ['model_gone', REFUSED, 60],
    ['access_pending', NOT_ALLOWED, 60],
    ['access_denied', NOT_ALLOWED, 60],
    ['guardrail_unavailable', NOT_ALLOWED, 60],
    [
      'bad_credentials',
      'Bedrock does not accept the AWS credentials of this service. They are missing, wrong or expired: replace them.',
      60,
    ],
  ])('of the kind %s is answered in our own words, with the time of a retry', (kind, message, retryAfter) => {
    const cause = failure(kind);
    expect(asBedrockUnavailable(cause)).toMatchObject({
      ...{ kind: 'unavailable', code: 'bedrock_unavailable', message, retryAfter, cause },
    });
  });

  it.each([
    [0, 1],
    [1_000, 1],
    [1_001, 2],
  ])('that names a pause of %i ms is to be retried after %i s', (retryAfterMs, retryAfter) => {
    expect(asBedrockUnavailable(failure('throttled', { retryAfterMs }))).toMatchObject({ retryAfter });
  });

  it('is no other error: that stays as it is', () => {
    const other = new Error('x');
    expect(asBedrockUnavailable(other)).toBe(other);
  });
});
