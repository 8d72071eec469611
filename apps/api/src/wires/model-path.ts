import type { ModelOperation } from '#libs/platform/bedrock/model-operation.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { BEDROCK_WIRE } from '../http/wire-route.js';

const PREFIX = `${BEDROCK_WIRE}model/`;
/** Template of the route: an ARN may have slashes, so that no parameter could hold it. */
export const BEDROCK_WIRE_ROUTE = `${PREFIX}*`;
const MAX_ID_LENGTH = 2_048;

const OPERATIONS = [
  ...(['converse', 'converse-stream', 'invoke', 'invoke-with-response-stream', 'count-tokens'] as const),
];
type Operation = ModelOperation | 'count-tokens';

/** Model id of a path and its operation. */
export interface ModelPath {
  modelId: string;
  operation: Operation;
}

/** Refuses an operation of Bedrock that this wire does not serve. */
class UnknownOperationError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'route_not_found';
  constructor() {
    super(`This service answers POST ${PREFIX}<model id>/ followed by ${OPERATIONS.join(', ')}`);
  }
}

/**
 * Splits a path of Bedrock's runtime. The id is everything between the first `/model/` and the last slash: some clients
 * encode colons and slashes, others do not. It is decoded once.
 * @param url path as it arrived, with its query
 * @throws UnknownOperationError, InvalidInputError
 */
export function readModelPath(url: string): ModelPath {
  const path = url.split('?', 1)[0]!;
  const end = path.lastIndexOf('/');
  const operation = OPERATIONS.find((name) => name === path.slice(end + 1));
  if (!operation || end <= PREFIX.length) throw new UnknownOperationError();
  return { modelId: decoded(path.slice(PREFIX.length, end)), operation };
}

function decoded(encoded: string): string {
  let id: string;
  try {
    id = decodeURIComponent(encoded);
  } catch {
    throw badId('must be percent-encoded correctly');
  }
  // The rest of a second encoding, and everything that could leave the segment of a path.
  if (/\.\.|[\\%]|\p{Cc}/u.test(id)) throw badId('must not contain .., a backslash, % or control characters');
  if (id.length > MAX_ID_LENGTH) throw badId(`must have at most ${MAX_ID_LENGTH} characters`);
  return id;
}

const badId = (message: string) => new InvalidInputError([{ field: 'modelId', message }]);
