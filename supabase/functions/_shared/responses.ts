import { SettingError } from './settings.ts';

/** Headers that the clients of Supabase and of the orchestrator send. */
const REQUEST_HEADERS =
  'authorization, x-client-info, apikey, content-type, idempotency-key, if-match, x-request-id, x-region, traceparent';
const RESPONSE_HEADERS = 'etag, retry-after, x-request-id';

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not authenticated',
  405: 'Method not allowed',
  413: 'Body too large',
  500: 'Internal error',
  503: 'Not available right now',
  504: 'Too slow',
};

/** Failure of a request that becomes a problem document. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** Says what to do. */
    readonly detail: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(code);
  }
}

/** Builds a problem document in the form of the orchestrator's, with the fields that clients of the old function read. */
function problemResponse({ status, code, detail, headers }: Problem, requestId: string): Response {
  const document = {
    type: `urn:bedrock-model-orchestrator:problem:${code}`,
    title: TITLES[status] ?? 'Refused',
    status,
    detail,
    code,
    requestId,
    success: false,
    error: detail,
  };
  return new Response(JSON.stringify(document), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}

/** Logs which failure it was, without its message: that may quote what somebody sent. */
function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  const { name, message } = error instanceof Error ? error : new Error();
  const reason = error instanceof SettingError ? message : name;
  console.error(JSON.stringify({ requestId, code: 'internal_error', reason }));
  return new Problem(
    500,
    'internal_error',
    'Something went wrong in the edge function: its log names the reason under this requestId',
  );
}

const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** @returns the id of the caller, where it has a form that the orchestrator takes, else a new one */
export function requestIdOf({ headers }: Request): string {
  const given = headers.get('x-request-id') ?? '';
  return REQUEST_ID.test(given) ? given : crypto.randomUUID();
}

type Handler = (request: Request, requestId: string) => Promise<Response>;

/** Answers POST requests only; errors become problem documents. */
async function answer(request: Request, handler: Handler): Promise<Response> {
  const requestId = requestIdOf(request);
  try {
    if (request.method !== 'POST')
      throw new Problem(405, 'method_not_allowed', 'Send a POST request', { allow: 'POST, OPTIONS' });
    const response = await handler(request, requestId);
    if (!response.headers.has('x-request-id')) response.headers.set('x-request-id', requestId);
    return response;
  } catch (error) {
    const response = problemResponse(problemOf(error, requestId), requestId);
    response.headers.set('x-request-id', requestId);
    return response;
  }
}

/** Serves programs: no page of any origin may call. */
export const serve = (handler: Handler): unknown => Deno.serve((request) => answer(request, handler));

/** Serves pages too, those of APP_ORIGIN or, without it, of any origin. */
export function serveBrowsers(handler: Handler): unknown {
  return Deno.serve(async (request) => {
    const cors = {
      'access-control-allow-origin': Deno.env.get('APP_ORIGIN') ?? '*',
      'access-control-allow-headers': REQUEST_HEADERS,
      'access-control-allow-methods': 'POST, OPTIONS',
      'access-control-expose-headers': RESPONSE_HEADERS,
      'access-control-max-age': '600',
      vary: 'origin',
    };
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: cors });
    const response = await answer(request, handler);
    for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
    return response;
  });
}
