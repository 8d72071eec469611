// Answers in the conversations of the app by POST /v1/chat of the orchestrator, which follows the use case, notifies,
// invokes the model, falls back and counts (docs/chat.md): Workflows 2 and 4 of the document.
// It has no service key: each request carries the access token of the person who asks, and the orchestrator decides by
// it whose conversation that is. Never take a user id from the body: anybody could write anybody's.
// Secret: ORCHESTRATOR_URL. APP_ORIGIN narrows which pages may call; CHAT_TIMEOUT_MS is 90000 by default: longer than
// CHAT_DEADLINE_SECONDS of the orchestrator, which ends a chat earlier and says why.
import { bytesOf, objectOf } from '../_shared/body.ts';
import { forward } from '../_shared/orchestrator.ts';
import { Problem, serveBrowsers } from '../_shared/responses.ts';
import { milliseconds } from '../_shared/settings.ts';

/** As the orchestrator's own limit. */
const MAX_BODY = 1024 * 1024;

/** Pages of the app that have a use case: put yours in. Without one it is that of the assistant or the conversation. */
const USE_CASES: Record<string, string> = { 'medical-assistant': 'clinical' };

interface Asked {
  /** A UUID that the app makes with crypto.randomUUID(); absent: a new conversation. */
  conversationId?: string;
  /** Page of the app that the person is on. */
  page?: string;
  /** One message; an app that sends the history sends `messages` instead. */
  text?: string;
  /** Ignored: the token says who asks. */
  userId?: string;
  useCase?: string;
  /** Anything else is for the orchestrator, which checks it: `messages`, `assistantId`, `stream`, `maxTokens` … */
  [more: string]: unknown;
}

const detectUseCase = ({ useCase, page }: Asked): string | undefined =>
  useCase ?? (page !== undefined && Object.hasOwn(USE_CASES, page) ? USE_CASES[page] : undefined);

/** @throws Problem (400) */
function askedIn(body: Record<string, unknown>): Asked {
  if (typeof body.text === 'string' || Array.isArray(body.messages)) return body;
  throw new Problem(400, 'invalid_request', 'Send text, or messages: [{"role": "user", "content": "…"}]');
}

function toChat(asked: Asked): object {
  const { page, text, userId, ...more } = asked;
  const useCase = detectUseCase(asked);
  const messages = more.messages ?? [{ role: 'user', content: text }];
  return { ...more, messages, ...(useCase !== undefined && { useCase }) };
}

interface Answer {
  message: { content: string };
  model: { id: string };
}

/** Adds the fields that apps read when this function called Bedrock itself. A stream and a refusal stay as they are. */
async function withOldFields(response: Response): Promise<Response> {
  if (!response.ok || !response.headers.get('content-type')?.startsWith('application/json')) return response;
  const answer: Answer = await response.json();
  const body = { ...answer, text: answer.message.content, modelId: answer.model.id };
  return new Response(JSON.stringify(body), response);
}

serveBrowsers(async (request, requestId) => {
  const asked = askedIn(objectOf(await bytesOf(request, MAX_BODY)));
  const headers = new Headers(request.headers);
  headers.set('content-type', 'application/json');
  const response = await forward(
    { headers, signal: request.signal },
    {
      path: '/v1/chat',
      body: JSON.stringify(toChat(asked)),
      requestId,
      timeoutMs: milliseconds('CHAT_TIMEOUT_MS', 90_000),
    },
  );
  return withOldFields(response);
});
