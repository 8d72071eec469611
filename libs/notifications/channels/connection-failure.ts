import { type Failure, failed } from '../delivery/delivery.js';

type ConnectionError = NodeJS.ErrnoException & { originalCode?: string };

const TLS_CODES = /^(ETLS|EPROTO|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;
const DNS_CODES: readonly string[] = ['ENOTFOUND', 'EAI_AGAIN', 'ENODATA', 'EDNS'];

/** Names what is wrong with a connection. @param host name from the channel; addresses behind it are confidential */
export function connectionFailure(error: unknown, host: string): Failure {
  const { code, originalCode, message } = rootOf(error);
  const known = originalCode ?? code ?? '';
  if (message.includes('is not allowed'))
    return failed(`the address of ${host} is not a public one`, 'address');
  if (DNS_CODES.includes(known)) return failed(`DNS does not know ${host} (${known})`, 'dns');
  if (known === 'ECONNREFUSED') return failed(`${host} refused the connection (${known})`, 'refused');
  if (TLS_CODES.test(known) || /TLS|SSL|certificate/i.test(message))
    return failed(`TLS with ${host} failed (${tlsDetail(known, message)})`, 'tls');
  return failed(`${host} is not reachable (${known || 'the connection failed'})`, 'connection');
}

/** Returns the innermost cause: libraries wrap the error of a connection. */
function rootOf(error: unknown): ConnectionError {
  const { cause, original } = error as { cause?: unknown; original?: unknown };
  const inner = cause ?? original;
  return inner instanceof Error ? rootOf(inner) : (error as ConnectionError);
}

/** OpenSSL's and Node's own text about the certificate or protocol. */
const tlsDetail = (code: string, message: string): string =>
  /^(ETLS|ESOCKET)?$/.test(code) ? message.replace(/^Error initiating TLS - /, '').slice(0, 100) : code;
