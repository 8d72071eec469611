// Checks the resources of a template against AWS's own description of them.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { intrinsicOf } from './cloudformation-template.mjs';

const RESOURCE_FIELDS = [
  ...['Type', 'Properties', 'Condition', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy'],
  ...['CreationPolicy', 'Metadata', 'UpdatePolicy'],
];
const database = loadAwsServiceSpecSync();
const resourceOf = (type) => database.lookup('resource', 'cloudFormationType', 'equals', type)[0];

export const attributesOf = (type) => Object.keys(resourceOf(type)?.attributes ?? {});

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value) => ['string', 'number', 'boolean'].includes(typeof value);
const isNumber = (value) => isText(value) && value !== '' && Number.isFinite(Number(value));
const among = ({ allowedValues }, value) =>
  !allowedValues || allowedValues.some((allowed) => String(allowed) === String(value));
const oneOf = ({ allowedValues }) => (allowedValues ? `one of ${allowedValues.join(', ')}` : '');

/** For each type: whether a value is of it, and what it should be. A number may be written as a text, as CloudFormation takes it. */
const SCALARS = {
  string: [isText, 'a text'],
  'date-time': [isText, 'a time'],
  integer: [(value) => isNumber(value) && Number.isInteger(Number(value)), 'an integer'],
  number: [isNumber, 'a number'],
  boolean: [(value) => ['true', 'false'].includes(String(value)), 'true or false'],
  json: [(value) => isObject(value) || typeof value === 'string', 'an object'],
};

function* checkValue(value, type, path) {
  const intrinsic = intrinsicOf(value);
  if (intrinsic === 'Fn::If') {
    const [, ...branches] = value[intrinsic];
    for (const branch of branches) yield* checkValue(branch, type, path);
  } else if (intrinsic) {
    const isNothing = value.Ref === 'AWS::NoValue';
    if (type.type === 'ref' && !isNothing) yield `${path}: should be written as an object`;
  } else yield* checkLiteral(value, type, path);
}

function* checkLiteral(value, type, path) {
  if (type.type === 'union') yield* checkUnion(value, type.types, path);
  else if (type.type === 'array') yield* checkArray(value, type.element, path);
  else if (type.type === 'map') yield* checkMap(value, type.element, path);
  else if (type.type === 'tag') yield* checkObject(value, TAG, path);
  else if (type.type === 'ref') yield* checkObject(value, definitionOf(type), path);
  else yield* checkScalar(value, type, path);
}

const TAG = {
  Key: { type: { type: 'string' }, required: true },
  Value: { type: { type: 'string' }, required: true },
};
const definitionOf = ({ reference }) => database.get('typeDefinition', reference.$ref).properties;

function* checkScalar(value, type, path) {
  const [is, what] = SCALARS[type.type];
  if (!is(value)) yield `${path}: should be ${what}`;
  else if (!among(type, value)) yield `${path}: should be ${oneOf(type)}, not ${value}`;
}

function* checkUnion(value, types, path) {
  const attempts = types.map((type) => [...checkValue(value, type, path)]);
  if (!attempts.some((complaints) => complaints.length === 0)) yield* attempts[0];
}

function* checkArray(value, element, path) {
  if (!Array.isArray(value)) return yield `${path}: should be a list`;
  for (const [index, item] of value.entries()) yield* checkValue(item, element, `${path}[${index}]`);
}

function* checkMap(value, element, path) {
  if (!isObject(value)) return yield `${path}: should be an object`;
  for (const [key, item] of Object.entries(value)) yield* checkValue(item, element, `${path}.${key}`);
}

function* checkObject(value, properties, path) {
  if (!isObject(value)) return yield `${path}: should be an object`;
  for (const [name, { required }] of Object.entries(properties))
    if (required && !(name in value)) yield `${path}: ${name} is missing`;
  for (const [name, item] of Object.entries(value)) {
    if (properties[name]) yield* checkValue(item, properties[name].type, `${path}.${name}`);
    else yield `${path}: there is no property ${name}`;
  }
}

/** Complaints about resources that AWS would refuse. */
export function* checkResources({ Resources }) {
  for (const [name, resource] of Object.entries(Resources)) {
    for (const field of Object.keys(resource))
      if (!RESOURCE_FIELDS.includes(field)) yield `${name}: there is no field ${field}`;
    const known = resourceOf(resource.Type);
    if (known) yield* checkObject(resource.Properties ?? {}, known.properties, name);
    else yield `${name}: there is no resource ${resource.Type}`;
  }
}
