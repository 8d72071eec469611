/** The parts of a schema of the AWS SDK that say what a JSON body may have; see `schemas` of its clients. */
type Schema = number | readonly unknown[] | (() => Schema);

const [LIST, MAP, STRUCTURE, UNION] = [1, 2, 3, 4];
/** Exceptions are structures, too. */
const ERROR = -3;
const SIMPLE: Record<number, (value: unknown) => boolean> = {
  0: (value) => typeof value === 'string',
  1: (value) => typeof value === 'number',
  2: (value) => typeof value === 'boolean',
  15: (value) => value !== undefined,
  21: (value) => typeof value === 'string',
};
/** Added to the number of a simple type. */
const LIST_OF = 64;
const TIMESTAMPS = [4, 5, 6, 7];

/** Holds a JSON value against the service's own model: known members only, the required ones there, one member of a union. */
export function faultsOf(value: unknown, schema: Schema, path = '$'): string[] {
  if (typeof schema === 'function') return faultsOf(value, schema(), path);
  if (typeof schema === 'number') return faultsOfSimple(value, schema, path);
  const [kind] = schema;
  // A member with traits beside its schema.
  if (typeof kind === 'function' || Array.isArray(kind) || schema.length === 2)
    return faultsOf(value, kind as Schema, path);
  if (kind === LIST) return faultsOfList(value, schema[4] as Schema, path);
  if (kind === MAP) return faultsOfMap(value, schema[5] as Schema, path);
  if (kind === STRUCTURE || kind === UNION || kind === ERROR) return faultsOfMembers(value, schema, path);
  return [];
}

function faultsOfSimple(value: unknown, type: number, path: string): string[] {
  if (type >= LIST_OF) return faultsOfList(value, type - LIST_OF, path);
  const fits = TIMESTAMPS.includes(type)
    ? typeof value === 'number' || !Number.isNaN(Date.parse(String(value)))
    : (SIMPLE[type]?.(value) ?? true);
  return fits ? [] : [`${path}: is ${typeof value}, of type ${type} in the model`];
}

const faultsOfList = (value: unknown, member: Schema, path: string): string[] =>
  Array.isArray(value)
    ? value.flatMap((each, at) => faultsOf(each, member, `${path}[${at}]`))
    : [`${path}: must be a list`];

const faultsOfMap = (value: unknown, member: Schema, path: string): string[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([key, each]) => faultsOf(each, member, `${path}.${key}`))
    : [`${path}: must be a map`];

function faultsOfMembers(value: unknown, schema: readonly unknown[], path: string): string[] {
  const [kind, , name, , names, members, required = 0] = schema as [
    number,
    string,
    string,
    unknown,
    string[],
    Schema[],
    number?,
  ];
  if (!isObject(value)) return [`${path}: must be a ${name}`];
  const given = Object.keys(value);
  const unknown = given.filter((key) => !names.includes(key)).map((key) => `${path}.${key}: not in ${name}`);
  const missing = names.slice(0, required).filter((key) => value[key] === undefined);
  const isOneOf = kind !== UNION || given.length === 1;
  return [
    ...unknown,
    ...missing.map((key) => `${path}.${key}: required by ${name}`),
    ...(isOneOf ? [] : [`${path}: ${name} is a union: one member, not ${given.length}`]),
    ...names.flatMap((key, at) =>
      value[key] === undefined ? [] : faultsOf(value[key], members[at]!, `${path}.${key}`),
    ),
  ];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns every member that a schema has at any depth, as `ContentBlock.image`. */
export function membersOf(schema: Schema, found = new Set<string>()): Set<string> {
  const [structure, ...inner] = partsOf(schema);
  if (!structure) {
    for (const each of inner) membersOf(each, found);
    return found;
  }
  structure.names.forEach((key, at) => {
    const member = `${structure.name}.${key}`;
    if (found.has(member)) return;
    found.add(member);
    membersOf(structure.members[at]!, found);
  });
  return found;
}

/** Returns the members of a schema that a JSON value has at any depth. */
export function membersIn(value: unknown, schema: Schema): string[] {
  const [structure, ...inner] = partsOf(schema);
  if (Array.isArray(value))
    return value.flatMap((each) => inner.flatMap((member) => membersIn(each, member)));
  if (!isObject(value)) return [];
  if (!structure)
    return Object.values(value).flatMap((each) => inner.flatMap((member) => membersIn(each, member)));
  return structure.names.flatMap((key, at) =>
    value[key] === undefined
      ? []
      : [`${structure.name}.${key}`, ...membersIn(value[key], structure.members[at]!)],
  );
}

interface Structure {
  name: string;
  names: string[];
  members: Schema[];
}

/** Returns the structure of a schema, or undefined and the schemas of what a list or a map has. */
function partsOf(schema: Schema): [Structure | undefined, ...Schema[]] {
  if (typeof schema === 'function') return partsOf(schema());
  if (typeof schema === 'number') return [undefined];
  const [kind] = schema;
  if (typeof kind === 'function' || Array.isArray(kind) || schema.length === 2)
    return partsOf(kind as Schema);
  if (kind === LIST) return [undefined, schema[4] as Schema];
  if (kind === MAP) return [undefined, schema[5] as Schema];
  if (kind !== STRUCTURE && kind !== UNION) return [undefined];
  const [, , name, , names, members] = schema as [number, string, string, unknown, string[], Schema[]];
  return [{ name, names, members }];
}
