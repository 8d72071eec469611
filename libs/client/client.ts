import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './openapi.js';

/** A shape of the OpenAPI document by its name, e.g. `Schemas['Model']`. */
export type Schemas = components['schemas'];
export type Api = Client<paths>;

/** The api refused, or could not be reached. `problem` says why and what to do (RFC 9457). */
export class ProblemError extends Error {
  constructor(
    readonly problem: Schemas['Problem'],
    /** Seconds after which to try again, where the api says so. */
    readonly retryAfter?: number,
  ) {
    super(problem.detail);
  }
}

/** The typed client of the api; pass `{ headers: { authorization } }`, or nothing where a cookie is held. */
export const createApiClient = (options: ClientOptions = {}): Api => createClient<paths>(options);

interface Settled<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The data of an answer, and its headers. @throws ProblemError */
export async function answered<Data>(
  request: Promise<Settled<Data>>,
): Promise<{ data: Data; headers: Headers }> {
  const { data, error, response } = await request.catch((cause: Error) => {
    if (cause.name === 'AbortError') throw cause;
    throw new ProblemError(UNREACHABLE);
  });
  if (response.ok) return { data: data as Data, headers: response.headers };
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  throw new ProblemError(isProblem(error) ? error : unexplained(response), retryAfter);
}

/** The data of an answer. @throws ProblemError */
export const dataOf = async <Data>(request: Promise<Settled<Data>>): Promise<Data> =>
  (await answered(request)).data;

const isProblem = (error: unknown): error is Schemas['Problem'] =>
  typeof error === 'object' && error !== null && 'detail' in error && 'code' in error;

const UNREACHABLE: Schemas['Problem'] = {
  type: 'about:blank',
  title: 'Not reachable',
  status: 0,
  detail: 'The service does not answer. Check the connection, and that the api runs.',
  code: 'unreachable',
  requestId: '',
};

/** From something before the api, such as a load balancer. */
const unexplained = ({ status, statusText }: Response): Schemas['Problem'] => ({
  type: 'about:blank',
  title: statusText || 'Not answered',
  status,
  detail: `Something between here and the service answered ${status}. Try again in a few seconds.`,
  code: 'unexplained',
  requestId: '',
});
