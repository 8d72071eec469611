// The edge function `bedrock-ai-chat`, as it looks with the orchestrator beside it, for those who go on calling Bedrock
// themselves: detect the use case, join it, ask the model that the conversation is on, and let the next candidate take
// over when that fails. (POST /v1/chat does all of this and streams: docs/chat.md.)
// Secrets: ORCHESTRATOR_URL, ORCHESTRATOR_KEY (scopes switch and act-as), AWS_REGION, AWS_BEARER_TOKEN_BEDROCK.
declare const Deno: {
  env: { get(name: string): string | undefined };
  serve(handler: (request: Request) => Promise<Response>): void;
};

interface Model {
  id: string;
  maxTokens: number;
}

/** Failures of a model that another model may not have; anything else is the caller's to correct. */
const PASSES_ON = new Set([404, 408, 424, 429, 500, 502, 503, 504]);
const MODELS_ASKED = 3;

const need = (name: string): string => {
  const value = Deno.env.get(name);
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

async function orchestrator<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`${need('ORCHESTRATOR_URL')}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${need('ORCHESTRATOR_KEY')}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Your own rule: an assistant, a page of the app, a classifier. */
const detectUseCase = (page: string): string => (page === 'medical-assistant' ? 'clinical' : 'platform');

function invokeBedrock(model: Model, text: string): Promise<Response> {
  const host =
    Deno.env.get('AWS_ENDPOINT_URL_BEDROCK_RUNTIME') ?? `https://bedrock-runtime.${need('AWS_REGION')}.amazonaws.com`;
  return fetch(`${host}/model/${encodeURIComponent(model.id)}/converse`, {
    method: 'POST',
    headers: { authorization: `Bearer ${need('AWS_BEARER_TOKEN_BEDROCK')}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      messages: [{ role: 'user', content: [{ text }] }],
      inferenceConfig: { maxTokens: model.maxTokens },
    }),
    signal: AbortSignal.timeout(30_000),
  });
}

Deno.serve(async (request) => {
  const { conversationId, userId, page, text } = await request.json();
  const joined = await orchestrator<{ notification?: object }>('/orchestrate', {
    action: 'auto-switch',
    useCase: detectUseCase(page),
    conversationId,
    userId,
    showNotification: true,
  });
  let notification = joined.notification;
  for (let asked = 0; asked < MODELS_ASKED; asked += 1) {
    const path = `/v1/conversations/${encodeURIComponent(conversationId)}/model?userId=${encodeURIComponent(userId)}`;
    const { model } = await orchestrator<{ model: Model }>(path);
    const answer = await invokeBedrock(model, text);
    if (answer.ok) {
      const { output } = await answer.json();
      return Response.json({ text: output.message.content[0].text, modelId: model.id, notification });
    }
    if (!PASSES_ON.has(answer.status)) break;
    const { notification: told } = await orchestrator<{ notification?: object }>('/orchestrate', {
      action: 'fallback-switch',
      reason: `${model.id} answered ${answer.status}`,
      failedModelId: model.id,
      conversationId,
      userId,
    });
    notification = told ?? notification;
  }
  return Response.json({ error: 'No model could answer. Try again in a moment.' }, { status: 503 });
});
