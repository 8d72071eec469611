import { createRequire } from 'node:module';
import { dirname } from 'node:path';

export type { format as Formatter } from '@wasm-fmt/dart_fmt';

/** The folder that has the formatter and its WebAssembly. */
export const DART_FORMATTER = dirname(
  createRequire(import.meta.url).resolve('@wasm-fmt/dart_fmt/package.json'),
);
