import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

export interface SigningCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface SignableRequest {
  method: string;
  /** Encoded once, without a query. */
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** Headers that others on the way may change. */
const UNSIGNED =
  /^(authorization|cache-control|connection|expect|from|keep-alive|max-forwards|pragma|referer|te|trailer|transfer-encoding|upgrade|user-agent|x-amzn-trace-id|proxy-.*|sec-.*)$/;

/**
 * Signs requests with AWS Signature Version 4, as the SDK's signer does, with a key that is derived once a day. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export class RequestSigner {
  /** Key of a day and a secret. */
  private derived: { day: string; secret: string; key: KeyObject } | undefined;

  constructor(
    private readonly region: string,
    private readonly service: string,
  ) {}

  /** @returns the request with the headers that authenticate it */
  sign<Request extends SignableRequest>(
    request: Request,
    credentials: SigningCredentials,
    at: Date,
  ): Request {
    const time = `${at.toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
    const scope = `${time.slice(0, 8)}/${this.region}/${this.service}/aws4_request`;
    const bodyHash = sha256(request.body);
    const headers: Record<string, string> = {
      ...request.headers,
      'x-amz-date': time,
      'x-amz-content-sha256': bodyHash,
      ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
    };
    const signed = Object.keys(headers)
      .filter((name) => !UNSIGNED.test(name))
      .sort();
    const lines = signed.map((name) => `${name}:${headers[name]!.trim().replace(/\s+/g, ' ')}\n`).join('');
    const names = signed.join(';');
    const canonical = `${request.method}\n${encodedAgain(request.path)}\n\n${lines}\n${names}\n${bodyHash}`;
    const signature = createHmac('sha256', this.keyOf(time.slice(0, 8), credentials.secretAccessKey))
      .update(`${ALGORITHM}\n${time}\n${scope}\n${sha256(canonical)}`)
      .digest('hex');
    headers.authorization = `${ALGORITHM} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
    return { ...request, headers };
  }

  private keyOf(day: string, secret: string): KeyObject {
    if (this.derived?.day === day && this.derived.secret === secret) return this.derived.key;
    const parts = [day, this.region, this.service, 'aws4_request'];
    const bytes = parts.reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
    this.derived = { day, secret, key: createSecretKey(bytes) };
    return this.derived.key;
  }
}

const sha256 = (data: string | Uint8Array) => hash('sha256', data, 'hex');
const hmac = (key: Buffer, data: string) => createHmac('sha256', key).update(data).digest();

/** Every service but S3 signs the path as it is, encoded once more. */
const encodedAgain = (path: string) =>
  path
    .split('/')
    .map((segment) =>
      encodeURIComponent(segment).replace(
        /[!'()*]/g,
        (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
