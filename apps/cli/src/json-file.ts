import { readFileSync } from 'node:fs';
import { CliFailure, EXIT } from './cli-failure.js';
import { plain } from './output.js';

/** @param content what the object must have, for the message. @throws CliFailure */
export function readJsonFile(file: string, content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    throw new Error(`it must be a JSON object with ${content}`);
  } catch (error) {
    throw new CliFailure(`Cannot read ${plain(file)}: ${(error as Error).message}`, EXIT.usage);
  }
}
