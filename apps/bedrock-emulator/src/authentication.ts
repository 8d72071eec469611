import { AwsError } from './aws-error.js';

/**
 * Returns the kind of authentication of a call. Any signature or token is accepted: the emulator knows no secrets.
 * @throws AwsError
 */
export function authKindOf(authorization: string | undefined): 'sigv4' | 'bearer' {
  if (!authorization)
    throw new AwsError('MissingAuthenticationTokenException', { message: 'Missing Authentication Token' });
  if (
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[^/]+\/bedrock\/aws4_request, ?SignedHeaders=/.test(
      authorization,
    )
  )
    return 'sigv4';
  if (/^Bearer \S+$/.test(authorization)) return 'bearer';
  throw new AwsError('UnrecognizedClientException', {
    message: 'The security token included in the request is invalid.',
  });
}
