import { readFileSync } from 'node:fs';
import { CliFailure, EXIT } from './cli-failure.js';
import { stripControlChars } from './output.js';

/**
 * The service checks the fields.
 * @param content fields that the object must have, for the message
 * @throws CliFailure
 */
export function readJsonFile<T extends object>(file: string, content: string): T {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
    throw new Error(`it must be a JSON object with ${content}`);
  } catch (error) {
    throw new CliFailure(`Cannot read ${stripControlChars(file)}: ${(error as Error).message}`, EXIT.usage);
  }
}
