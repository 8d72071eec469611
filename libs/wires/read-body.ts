import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { endOfString } from './json-edits.js';

/** Parsed body of a request, of any shape: Bedrock itself refuses what it does not take. */
export type JsonObject = Record<string, unknown>;

export interface ReadBody {
  json: JsonObject;
  /** Characters of texts that `json` holds no copy of. */
  cutCharacters: number;
}

/** From this size on long strings are not parsed: to parse the base64 of an image takes milliseconds. */
const LARGE_BYTES = 64 * 1024;
const LONG_STRING_BYTES = 1_024;
const QUOTE = 0x22;
/** Precedes the base64 of an image, a document, a video or audio. */
const MEDIA = /"(?:bytes|data)"\s*:\s*$/;
const MEDIA_NAME_BYTES = 32;

/**
 * Parses the body of a request. In a large one, long strings are empty: what decides about a request is short.
 * @throws InvalidInputError
 */
export function readBody(body: Buffer): ReadBody {
  const { text, cutCharacters } = body.length < LARGE_BYTES ? whole(body) : withoutLongStrings(body);
  return { json: objectOf(text), cutCharacters };
}

/** Parses a body whose whole content is needed. @throws InvalidInputError */
export const readWhole = (body: Buffer): JsonObject => objectOf(body.toString('utf8'));

function objectOf(text: string): JsonObject {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as JsonObject;
  throw new InvalidInputError([{ field: 'body', message: 'must be a JSON object in UTF-8' }]);
}

const whole = (body: Buffer) => ({ text: body.toString('utf8'), cutCharacters: 0 });

function withoutLongStrings(body: Buffer): { text: string; cutCharacters: number } {
  let text = '';
  let cutCharacters = 0;
  let copied = 0;
  for (let start = body.indexOf(QUOTE); start >= 0; ) {
    const end = endOfString(body, start);
    if (end < 0) break;
    const length = end - start - 1;
    if (length > LONG_STRING_BYTES) {
      text += `${body.toString('utf8', copied, start)}""`;
      copied = end + 1;
      if (!MEDIA.test(body.toString('latin1', start - MEDIA_NAME_BYTES, start))) cutCharacters += length;
    }
    start = body.indexOf(QUOTE, end + 1);
  }
  return { text: text + body.toString('utf8', copied), cutCharacters };
}
