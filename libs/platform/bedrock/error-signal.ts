/** Facts that an error of the SDK carries, from any stage of a call. */
export interface Signal {
  name: string;
  message: string;
  status?: number;
  retryAfterMs?: number;
}

interface SdkError {
  name?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number; headers?: Record<string, string | undefined> };
}

export function describe(error: unknown): Signal {
  if (typeof error !== 'object' || error === null) return { name: 'Unknown', message: String(error) };
  const { name = 'Error', message = '', $metadata, $response } = error as SdkError;
  return {
    name,
    message: plainText(message),
    status: failureStatus($metadata?.httpStatusCode ?? $response?.statusCode),
    retryAfterMs: millisecondsOf($response?.headers?.['retry-after']),
  };
}

/** A stream that breaks began with 200, which is not the status of the failure. */
const failureStatus = (status: number | undefined): number | undefined =>
  status !== undefined && status >= 300 ? status : undefined;

/** Extracts the message of an exception that the SDK does not know and therefore leaves as JSON. */
function plainText(message: string): string {
  if (!message.startsWith('{')) return message;
  try {
    const body: { message?: unknown; Message?: unknown } = JSON.parse(message);
    return String(body.message ?? body.Message ?? message);
  } catch {
    return message;
  }
}

/** Parses Retry-After, a number of seconds or a date. */
function millisecondsOf(retryAfter: string | undefined): number | undefined {
  if (!retryAfter) return undefined;
  const seconds = Number(retryAfter);
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
