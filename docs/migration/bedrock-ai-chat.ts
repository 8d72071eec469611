// The edge function `bedrock-ai-chat`, as it looks with the orchestrator beside it, for apps that continue to call Bedrock
// themselves: detect the use case, follow it, call the model that the conversation is on, and let the next candidate take
// over when that fails. (POST /v1/chat does all of this and streams: docs/chat.md.)
// It has no service key: each request carries the access token of the person who asks, and the orchestrator decides by
// it whose conversation that is. Never take a user id from the body: anybody could write anybody's.
// Secrets: ORCHESTRATOR_URL, AWS_REGION, AWS_BEARER_TOKEN_BEDROCK. APP_ORIGIN narrows which pages may call, * by default.
declare const Deno: {
  env: { get(name: string): string | undefined };
  serve(handler: (request: Request) => Promise<Response>): void;
};

interface Model {
  id: string;
  maxTokens: number;
}
interface Asked {
  /** A UUID that the app makes with crypto.randomUUID(). */
  conversationId: string;
  page?: string;
  text: string;
}
interface Joined {
  notification?: object;
}
interface ConverseAnswer {
  output?: { message?: { content?: { text?: string }[] } };
  stopReason?: string;
}

/** Failures of a model that another model may not have; anything else is the caller's to correct. */
const PASSES_ON = new Set([404, 408, 424, 429, 500, 502, 503, 504]);
const MODELS_ASKED = 3;

const need = (name: string): string => {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

/** The orchestrator refused: its answer is the caller's. */
class Refused extends Error {
  constructor(readonly answer: Response) {
    super(`the orchestrator answered ${answer.status}`);
  }
}

/** Calls the orchestrator as the person who asks. @throws Refused */
async function orchestrator<T>(authorization: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${need('ORCHESTRATOR_URL')}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Refused(response);
  return response.json();
}

/** Your own rule: an assistant, a page of the app, a classifier. */
const detectUseCase = (page?: string): string => (page === 'medical-assistant' ? 'clinical' : 'platform');

/** Returns what Bedrock answers; one that does not answer in time counts as 504. */
async function invokeBedrock(model: Model, text: string): Promise<Response> {
  const host =
    Deno.env.get('AWS_ENDPOINT_URL_BEDROCK_RUNTIME') ??
    `https://bedrock-runtime.${need('AWS_REGION')}.amazonaws.com`;
  const messages = [{ role: 'user', content: [{ text }] }];
  return fetch(`${host}/model/${encodeURIComponent(model.id)}/converse`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${need('AWS_BEARER_TOKEN_BEDROCK')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ messages, inferenceConfig: { maxTokens: model.maxTokens } }),
    signal: AbortSignal.timeout(30_000),
  }).catch(() => new Response(null, { status: 504 }));
}

async function chat(authorization: string, { conversationId, page, text }: Asked): Promise<Response> {
  const join = { action: 'auto-switch', useCase: detectUseCase(page), conversationId };
  let { notification } = await orchestrator<Joined>(authorization, '/orchestrate', join);
  const path = `/v1/conversations/${encodeURIComponent(conversationId)}/model`;
  for (let asked = 0; asked < MODELS_ASKED; asked += 1) {
    const { model } = await orchestrator<{ model: Model }>(authorization, path);
    const answer = await invokeBedrock(model, text);
    if (answer.ok) {
      const { output, stopReason }: ConverseAnswer = await answer.json();
      // An answer may be empty: a guardrail or a filter stopped it, which stopReason says.
      const written = (output?.message?.content ?? []).map((block) => block.text ?? '').join('');
      return Response.json({ text: written, stopReason, modelId: model.id, notification });
    }
    if (!PASSES_ON.has(answer.status)) break;
    const left = await orchestrator<Joined>(authorization, '/orchestrate', {
      action: 'fallback-switch',
      reason: `${model.id} answered ${answer.status}`,
      failedModelId: model.id,
      conversationId,
    });
    notification = left.notification ?? notification;
  }
  return refusal(503, 'No model could answer. Try again.');
}

const refusal = (status: number, error: string): Response => Response.json({ error }, { status });

async function answerTo(request: Request): Promise<Response> {
  if (request.method !== 'POST') return refusal(405, 'Send a POST request.');
  const authorization = request.headers.get('authorization');
  if (!authorization) return refusal(401, 'Send your access token as "Authorization: Bearer …".');
  const asked: Partial<Asked> | null = await request.json().catch(() => null);
  if (typeof asked?.conversationId !== 'string' || typeof asked.text !== 'string')
    return refusal(400, 'Send a JSON object with conversationId and text.');
  try {
    return await chat(authorization, asked as Asked);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return new Response(error.answer.body, {
      status: error.answer.status,
      headers: { 'content-type': error.answer.headers.get('content-type') ?? 'text/plain' },
    });
  }
}

Deno.serve(async (request) => {
  const cors = {
    'access-control-allow-origin': Deno.env.get('APP_ORIGIN') ?? '*',
    'access-control-allow-headers': 'authorization, x-client-info, apikey, content-type',
    'access-control-allow-methods': 'POST, OPTIONS',
  };
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: cors });
  const answer = await answerTo(request).catch(() => refusal(500, 'Something went wrong. Try again.'));
  for (const [name, value] of Object.entries(cors)) answer.headers.set(name, value);
  return answer;
});
