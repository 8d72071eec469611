import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';

const GRAMMAR = createRequire(import.meta.url).resolve(
  '@repomix/tree-sitter-wasms/out/tree-sitter-dart.wasm',
);

await Parser.init();
const parser = new Parser().setLanguage(await Language.load(GRAMMAR));

/** The tree of a Dart file. @throws where the grammar stumbles, naming line and text */
export function parseDart(source: string): Node {
  const { rootNode } = parser.parse(source)!;
  if (!rootNode.hasError) return rootNode;
  const [error] = rootNode.descendantsOfType('ERROR');
  const where = error
    ? `line ${error.startPosition.row + 1}: ${error.text.slice(0, 80)}`
    : 'something is missing';
  throw new SyntaxError(`not Dart: ${where}`);
}

/** The ```dart blocks of a Markdown file, one after the other. */
export function dartBlocks(file: string): string {
  const blocks = readFileSync(file, 'utf8').matchAll(/^```dart\n(.*?)^```/gms);
  return [...blocks].map(([, code]) => code).join('\n');
}

/** Facts about a top-level function that its caller needs. */
export interface Signature {
  returns: string;
  async: boolean;
  /** As they are written: `BuildContext context`. */
  positional: string[];
  /** `required String modelName`, by name. */
  named: Record<string, string>;
}

export function publicFunctions(tree: Node): Record<string, Signature> {
  const functions = tree.children
    .filter(({ type }) => type === 'function_signature')
    .map((node) => [node.childForFieldName('name')!.text, signatureOf(node)] as const);
  return Object.fromEntries(functions.filter(([name]) => !name.startsWith('_')));
}

/** Names of the functions, constants and classes at the top level. */
export function topLevelNames(tree: Node): string[] {
  const nameOf = (node: Node): string[] => {
    if (node.type === 'static_final_declaration_list')
      return node.children
        .filter(({ type }) => type === 'static_final_declaration')
        .map(({ firstChild }) => firstChild!.text);
    const name = node.childForFieldName('name');
    return name ? [name.text] : [];
  };
  return tree.children.flatMap(nameOf);
}

/** Names of what `Class.name` reads anywhere in a file. */
export function membersUsed(tree: Node, className: string): string[] {
  const uses = tree
    .descendantsOfType('identifier')
    .filter(({ text, nextSibling }) => text === className && nextSibling?.type === 'selector')
    .map(({ nextSibling }) => nextSibling!.text.slice(1));
  return [...new Set(uses)];
}

/** The calls of a static function: the arguments of each, as they are written. */
export function staticCalls(tree: Node, className: string, name: string): string[][] {
  return tree
    .descendantsOfType('identifier')
    .filter(({ text, nextSibling }) => text === className && nextSibling?.text === `.${name}`)
    .map(({ nextSibling }) => nextSibling!.nextSibling!.descendantsOfType('arguments')[0]!)
    .map((list) => list.children.filter(({ type }) => type === 'argument').map(({ text }) => text));
}

/** Names of the static members of a class. */
export function staticMembers(tree: Node, className: string): string[] {
  const definition = tree
    .descendantsOfType('class_definition')
    .find((node) => node.childForFieldName('name')!.text === className);
  const members = definition?.childForFieldName('body')?.children ?? [];
  return members
    .filter(({ firstChild }) => firstChild?.type === 'static')
    .map((member) => {
      const [declared] = member.descendantsOfType(['function_signature', 'static_final_declaration']);
      return (declared!.childForFieldName('name') ?? declared!.firstChild)!.text;
    });
}

function signatureOf(node: Node): Signature {
  const name = node.childForFieldName('name')!;
  const parameters = node.descendantsOfType('formal_parameter_list')[0]!;
  const named = parameters.children.find(({ type }) => type === 'optional_formal_parameters');
  return {
    returns: oneLine(node.text.slice(0, name.startIndex - node.startIndex)),
    async: node.nextSibling!.text.startsWith('async'),
    positional: parameters.children.filter(({ type }) => type === 'formal_parameter').map(({ text }) => text),
    named: named ? namedParameters(named) : {},
  };
}

/** Between the commas of the list itself, not those within a parameter. */
function namedParameters(list: Node): Record<string, string> {
  const groups: Node[][] = [[]];
  for (const child of list.children.slice(1, -1)) {
    if (child.type === ',') groups.push([]);
    else groups.at(-1)!.push(child);
  }
  const written = groups.filter(({ length }) => length > 0);
  return Object.fromEntries(
    written.map((group) => {
      const parameter = group.find(({ type }) => type === 'formal_parameter')!;
      return [parameter.childForFieldName('name')!.text, oneLine(group.map(({ text }) => text).join(' '))];
    }),
  );
}

/** The calls of a function: the names of the arguments that they name. */
export function namedArguments(tree: Node, name: string): string[][] {
  return tree
    .descendantsOfType('identifier')
    .filter(({ text, nextSibling }) => text === name && nextSibling?.type === 'selector')
    .map(({ nextSibling }) => nextSibling!.descendantsOfType('arguments')[0]!)
    .map((list) => list.children.filter(({ type }) => type === 'named_argument'))
    .map((given) => given.map((argument) => argument.descendantsOfType('label')[0]!.text.replace(/:$/, '')));
}

/** The map literal of a top-level constant, whose keys and texts are plain string literals. */
export function textsOf(tree: Node, constant: string): Record<string, Record<string, string>> {
  const declaration = tree
    .descendantsOfType('static_final_declaration')
    .find(({ firstChild }) => firstChild?.text === constant)!;
  const pairsOf = (literal: Node) => literal.children.filter(({ type }) => type === 'pair');
  const entries = (literal: Node, value: (node: Node) => unknown) =>
    Object.fromEntries(
      pairsOf(literal).map((pair) => [
        stringOf(pair.childForFieldName('key')!),
        value(pair.childForFieldName('value')!),
      ]),
    );
  const outer = declaration.children.find(({ type }) => type === 'set_or_map_literal')!;
  return entries(outer, (inner) => entries(inner, stringOf)) as never;
}

function stringOf(literal: Node): string {
  return literal.text
    .slice(1, -1)
    .replace(/\\(?:u\{([0-9a-f]+)\}|(.))/g, (_, code: string | undefined, character: string) =>
      code ? String.fromCodePoint(Number.parseInt(code, 16)) : character,
    );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
