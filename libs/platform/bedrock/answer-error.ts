import type { NodeHttpHandler } from '@smithy/node-http-handler';

export type HttpResponse = Awaited<ReturnType<NodeHttpHandler['handle']>>['response'];

/** Error pages of proxies may be long. */
const MAX_CHARACTERS = 10_000;

/** Returns AWS's refusal as the error that the SDK would throw. */
export async function refusalOf(response: HttpResponse): Promise<Error> {
  const { statusCode, headers } = response;
  const message = (await textOf(response)).slice(0, MAX_CHARACTERS);
  const error = awsError(headers['x-amzn-errortype'] ?? codeIn(message), message);
  return Object.assign(error, {
    $metadata: { httpStatusCode: statusCode },
    $response: { statusCode, headers },
  });
}

/** @param type e.g. `ThrottlingException:http://…`, `com.amazon#ThrottlingException`; within a stream `throttlingException` */
export function awsError(type: string, message: string): Error {
  const name = type.replace(/[,:].*$/, '').replace(/^.*#/, '');
  return Object.assign(new Error(message), { name: name.charAt(0).toUpperCase() + name.slice(1) });
}

export const textOf = ({ body }: HttpResponse): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    body.setEncoding('utf8');
    body.on('data', (piece: string) => {
      text += piece;
    });
    body.once('end', () => resolve(text));
    body.once('error', reject);
  });

function codeIn(body: string): string {
  try {
    const { code, __type } = JSON.parse(body) as { code?: unknown; __type?: unknown };
    return String(code ?? __type ?? 'Unknown');
  } catch {
    return 'Unknown';
  }
}
