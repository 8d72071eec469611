const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** Changes of the depth by `{`, `[`, `}` and `]`. */
const STEPS: Record<number, number> = { 123: 1, 91: 1, 125: -1, 93: -1 };

/**
 * Sets members of a JSON object and leaves the bytes of all others as they are: a number with many digits would not
 * survive a serializer. Removes every former value of a member, also if its name is written with escapes.
 * @param json a valid object in UTF-8
 */
export function withMembers(json: Buffer, members: Record<string, unknown>): Buffer {
  const kept = membersOf(json).filter((member) => !Object.hasOwn(members, nameOf(member)));
  const set = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => Buffer.from(`${JSON.stringify(name)}:${JSON.stringify(value)}`));
  const parts = [...kept, ...set].flatMap((member, at) => (at === 0 ? [member] : [Buffer.from(','), member]));
  return Buffer.concat([Buffer.from('{'), ...parts, Buffer.from('}')]);
}

/** Returns the slices of the members, from name to value. */
function membersOf(json: Buffer): Buffer[] {
  const cuts = cutsOf(json);
  const slices = cuts.slice(1).map((end, at) => json.subarray(cuts[at]! + 1, end));
  return slices.filter((slice) => slice.includes(QUOTE));
}

/** Returns the positions of the outer braces and of the commas between the members. */
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

/** Returns the position of the quote that closes a string. */
function endOfString(json: Buffer, start: number): number {
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
