const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
/** Bytes that JSON allows between values. */
const SPACES = new Set(Buffer.from(' \t\n\r'));
/** Changes of the depth by `{`, `[`, `}` and `]`. */
const STEPS: Record<number, number> = { 123: 1, 91: 1, 125: -1, 93: -1 };

/** Place of a value: the names of members and the indexes of elements on the way to it. */
export type Path = readonly [string | number, ...(string | number)[]];

/** Sets the value at a path, or removes it where the value is absent. */
export interface Edit {
  path: Path;
  value?: unknown;
}

/**
 * Changes a JSON document and leaves all other bytes as they are: a number with many digits would not survive a
 * serializer, and an image would cost time. Applies to every member of a name that occurs twice, also if it is written
 * with escapes.
 * @param json a valid object or array in UTF-8
 */
export function withEdits(json: Buffer, edits: readonly Edit[]): Buffer {
  if (edits.length === 0) return json;
  const { open, close, parts } = partsOf(json);
  if (open === undefined) return json;
  const isArray = open === '[';
  const found = new Set<string | number>();
  const kept = parts.flatMap((part, at) => {
    const key = isArray ? at : nameOf(part);
    const own = edits.filter(({ path }) => path[0] === key);
    if (own.length === 0) return [part];
    if (own.some(({ path }) => path.length === 1)) return [];
    found.add(key);
    return [withEditsOfValue(part, isArray, own)];
  });
  const added = edits.filter(({ path, value }) => value !== undefined && !found.has(path[0])).map(memberOf);
  const members = [...kept, ...added].flatMap((part, at) => (at === 0 ? [part] : [Buffer.from(','), part]));
  return Buffer.concat([Buffer.from(open), ...members, Buffer.from(close!)]);
}

/** Sets members of an object, or removes them. @param json a valid object in UTF-8 */
export const withMembers = (json: Buffer, members: Record<string, unknown>): Buffer =>
  withEdits(
    json,
    Object.entries(members).map(([name, value]) => ({ path: [name], value })),
  );

function withEditsOfValue(part: Buffer, isElement: boolean, edits: Edit[]): Buffer {
  const valueAt = isElement ? 0 : part.indexOf(COLON, endOfString(part, part.indexOf(QUOTE))) + 1;
  const inner = edits.map(({ path: [, ...path], value }) => ({ path: path as unknown as Path, value }));
  return Buffer.concat([part.subarray(0, valueAt), withEdits(part.subarray(valueAt), inner)]);
}

function memberOf({ path: [name, ...rest], value }: Edit): Buffer {
  const whole = rest.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return Buffer.from(`${JSON.stringify(name)}:${JSON.stringify(whole)}`);
}

/** Returns the members or elements; `open` is undefined for a value that has none. */
function partsOf(json: Buffer): { open?: string; close?: string; parts: Buffer[] } {
  const cuts = cutsOf(json);
  if (cuts.length === 0) return { parts: [] };
  const parts = cuts.slice(1).map((end, at) => json.subarray(cuts[at]! + 1, end));
  const isEmpty = parts.length === 1 && parts[0]!.every((byte) => SPACES.has(byte));
  const [open, close] = [json[cuts[0]!]!, json[cuts.at(-1)!]!];
  return {
    open: String.fromCharCode(open),
    close: String.fromCharCode(close),
    parts: isEmpty ? [] : parts,
  };
}

/** Returns the positions of the outer brackets and of the commas between them. */
function cutsOf(json: Buffer): number[] {
  const cuts: number[] = [];
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at]!;
    if (byte === QUOTE) at = endOfString(json, at);
    const before = depth;
    depth += STEPS[byte] ?? 0;
    if (before + depth === 1 || (byte === COMMA && depth === 1)) cuts.push(at);
  }
  return cuts;
}

function nameOf(member: Buffer): string {
  const start = member.indexOf(QUOTE);
  return JSON.parse(member.toString('utf8', start, endOfString(member, start) + 1));
}

/** Returns the position of the quote that closes a string; -1: none does. */
export function endOfString(json: Buffer, start: number): number {
  let end = start;
  do end = json.indexOf(QUOTE, end + 1);
  while (isEscaped(json, end));
  return end;
}

function isEscaped(json: Buffer, at: number): boolean {
  let before = at;
  while (json[before - 1] === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
}
