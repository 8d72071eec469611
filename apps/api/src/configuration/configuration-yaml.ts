import { Document, isCollection, LineCounter, parseDocument } from 'yaml';
import { SECTIONS } from '#libs/configuration/configuration.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { fieldsOf } from '../http/validation.pipe.js';
import { ConfigurationFile } from './configuration.schemas.js';

/** Position in a file, from 1. */
export interface Position {
  line: number | null;
  column: number | null;
}

/** Parsed file that knows where its fields stand. */
export interface ParsedConfiguration {
  file: ConfigurationFile;
  /** @param path place in the file, e.g. `useCases.2.objective`; null: it is not in the file */
  positionOf: (path: string | null) => Position;
}

/** @throws InvalidInputError with the line and column of each error */
export function parseConfiguration(text: string): ParsedConfiguration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error)
    throw new InvalidInputError([{ field: 'body', message: yamlMessage(error), ...at(lines, error.pos[0]) }]);
  const positionOf = (path: string | null) => findPosition(document, lines, path);
  const result = ConfigurationFile.safeParse(toValue(document));
  if (!result.success)
    throw withPositions(new InvalidInputError(fieldsOf(result.error.issues, { type: 'body' })), positionOf);
  return { file: result.data, positionOf };
}

/** Adds the positions of the fields to an error that names them. */
export function withPositions(
  error: InvalidInputError,
  positionOf: ParsedConfiguration['positionOf'],
): InvalidInputError {
  return new InvalidInputError(
    error.extensions.errors.map(({ field, message }) => ({ field, message, ...positionOf(field) })),
  );
}

const HEADER = ` Settings of Bedrock Model Orchestrator, written by \`config export\`.
 Compare: \`config diff <file>\`. Apply: \`config apply <file>\`. Fields: \`config schema\`.
 A section, a setting or a field that you remove is not managed by this file.`;

/** Writes the same text for the same settings. */
export function configurationText(settings: Omit<ConfigurationFile, 'version'>): string {
  const sections = SECTIONS.filter((section) => settings[section]).map((section) => [
    section,
    settings[section],
  ]);
  const document = new Document(
    { version: 1, ...Object.fromEntries(sections) },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = HEADER;
  return document.toString({ lineWidth: 0 });
}

/** An alias that multiplies its content is refused. */
function toValue(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new InvalidInputError([{ field: 'body', message: (error as Error).message }]);
  }
}

/** The parser adds an excerpt to its message; the excerpt could contain a prompt. */
const yamlMessage = ({ message }: Error) => message.split(' at line ')[0]!;

/** Finds the node of a path, or the nearest node around it. */
function findPosition(document: Document, lines: LineCounter, path: string | null): Position {
  if (path === null) return { line: null, column: null };
  let [node, offset]: [unknown, number] = [document.contents, 0];
  for (const name of path.split('.')) {
    if (!isCollection(node)) break;
    const key = /^\d+$/.test(name) ? Number(name) : name;
    const child = node.get(key, true);
    const start = rangeStart(child);
    if (start === undefined) break;
    [node, offset] = [child, start];
  }
  return at(lines, offset);
}

const rangeStart = (node: unknown) =>
  (node as { range?: [number, number, number] | null } | undefined)?.range?.[0];

function at(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
