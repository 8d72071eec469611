// Reads a CloudFormation template, and finds what it refers to.
import { isAlias, Pair, parseDocument, Scalar, visit, YAMLMap } from 'yaml';

const FUNCTIONS = [
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'If', 'ImportValue', 'Join', 'Not'],
  ...['Or', 'Select', 'Split', 'Sub', 'ToJsonString'],
];
const LONG_NAMES = {
  Ref: 'Ref',
  Condition: 'Condition',
  ...Object.fromEntries(FUNCTIONS.map((name) => [name, `Fn::${name}`])),
};
const INTRINSICS = new Set(Object.values(LONG_NAMES));
const PSEUDO_PARAMETERS = [
  ...['AccountId', 'NoValue', 'NotificationARNs', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'],
].map((name) => `AWS::${name}`);

const asPair = (name, argument) => {
  const map = new YAMLMap();
  map.items.push(new Pair(new Scalar(name), argument));
  return map;
};
/** `!Sub x` is `{ Fn::Sub: x }`, for a text, a list and an object. */
const customTags = Object.entries(LONG_NAMES).flatMap(([short, name]) => [
  { tag: `!${short}`, resolve: (argument) => ({ [name]: argument }) },
  ...['seq', 'map'].map((collection) => ({
    tag: `!${short}`,
    collection,
    resolve: (argument) => asPair(name, argument),
  })),
]);

/** @throws Error that says what is wrong with the YAML */
export function readTemplate(text) {
  // CloudFormation reads YAML 1.1.
  const document = parseDocument(text, { version: '1.1', customTags, merge: false });
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw new Error(error.message);
  visit(document, (_, node) => {
    if (isAlias(node) || node?.anchor) throw new Error('CloudFormation knows no anchors and aliases');
  });
  return document.toJS();
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns the name of the function that makes this value; undefined: it is written as it is */
export function intrinsicOf(value) {
  if (!isObject(value)) return undefined;
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && INTRINSICS.has(name) ? name : undefined;
}

/** The names that an argument uses, and what they should name, by the key that the argument has. */
const USES = {
  Ref: (name) => [['reference', name]],
  'Fn::GetAtt': (argument) => [['attribute', [argument].flat().join('.')]],
  'Fn::Sub': usesInText,
  'Fn::If': ([name]) => [['condition', name]],
  // That of a policy is an object.
  Condition: (name) => (typeof name === 'string' ? [['condition', name]] : []),
  DependsOn: (names) => [names].flat().map((name) => ['resource', name]),
};

function usesInText(argument) {
  const [text, variables = {}] = [argument].flat();
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)]
    .map(([, name]) => name)
    .filter((name) => !(name in variables))
    .map((name) => [name.includes('.') ? 'attribute' : 'reference', name]);
}

/** Every use of a name, wherever it is. */
function usesIn(value, path) {
  if (Array.isArray(value)) return value.flatMap((item, index) => usesIn(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inside]) => [
    ...(USES[key]?.(inside) ?? []).map(([kind, name]) => ({ path, kind, name })),
    ...usesIn(inside, INTRINSICS.has(key) ? path : `${path}.${key}`),
  ]);
}

/** Complaints about names that lead nowhere, and about parameters and conditions that nothing uses. */
export function checkReferences(template, attributesOf) {
  const { Parameters = {}, Conditions = {}, Resources = {} } = template;
  const known = {
    condition: (name) => name in Conditions,
    resource: (name) => name in Resources,
    reference: (name) => name in Resources || name in Parameters || PSEUDO_PARAMETERS.includes(name),
    attribute: (name) => {
      const [resource, ...attribute] = name.split('.');
      return resource in Resources && attributesOf(Resources[resource].Type).includes(attribute.join('.'));
    },
  };
  const sections = { Conditions, Resources, Outputs: template.Outputs };
  const uses = Object.entries(sections).flatMap(([name, section]) => usesIn(section, name));
  const dangling = uses
    .filter(({ kind, name }) => !known[kind](name))
    .map(({ path, kind, name }) => `${path}: there is no ${kind} ${name}`);
  const used = new Set(uses.map(({ name }) => name));
  const unused = Object.keys({ ...Parameters, ...Conditions })
    .filter((name) => !used.has(name))
    .map((name) => `${name}: nothing uses it`);
  return [...dangling, ...unused];
}
