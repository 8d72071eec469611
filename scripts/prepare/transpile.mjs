import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/**
 * Helpers as tsc writes them, with one difference. A name can be both a type and a schema, which is no class: tsc looks at
 * all files and writes Object for it. A transpiler sees one file, so the helper looks at the value.
 */
const HELPERS = {
  decorate: `(decorators, target, key, desc) => {
    if (key === undefined) return Reflect.decorate(decorators, target);
    const before = desc === null ? Object.getOwnPropertyDescriptor(target, key) : desc;
    const after = Reflect.decorate(decorators, target, key, before);
    if (after) Object.defineProperty(target, key, after);
    return after;
  }`,
  decorateMetadata: `(key, value) => {
    const typeOf = (one) => one === undefined || typeof one === "function" ? one : Object;
    return Reflect.metadata(key, Array.isArray(value) ? value.map(typeOf) : typeOf(value));
  }`,
  decorateParam: `(index, decorator) => (target, key) => decorator(target, key, index)`,
};
const OPTIONS = {
  lang: 'ts',
  sourcemap: true,
  target: 'es2023',
  decorator: { legacy: true, emitDecoratorMetadata: true },
  // Names its helpers as members of babelHelpers, and leaves it to us to define that.
  helpers: { mode: 'External' },
};

function withHelpers(file, { code, map, helpersUsed }) {
  const names = Object.keys(helpersUsed);
  if (names.length === 0) return { code, mappings: map.mappings };
  const unknown = names.filter((name) => !HELPERS[name]);
  if (unknown.length > 0) throw new Error(`${file}: there is no helper for ${unknown.join(', ')}`);
  const helpers = names.map((name) => `${name}: ${HELPERS[name].replace(/\n\s*/g, ' ')}`).join(', ');
  return { code: `const babelHelpers = { ${helpers} };\n${code}`, mappings: `;${map.mappings}` };
}

/** The JavaScript of one TypeScript source, and its source map without the source. */
export async function transpile(file, source) {
  // Loaded late: prepare.mjs imports this file before anything is installed.
  const { transform } = await import('rolldown/utils');
  const result = await transform(file, source, OPTIONS);
  const mistakes = result.errors.map(({ message }) => stripVTControlCharacters(message));
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  const { code, mappings } = withHelpers(file, result);
  return { code, map: { version: 3, sources: [file], names: result.map.names, mappings } };
}

export const outputOf = (file) => `dist/${file.replace(/\.([cm]?)tsx?$/, '.$1js')}`;

export function removeOutput(file) {
  for (const output of [outputOf(file), `${outputOf(file)}.map`]) rmSync(output, { force: true });
}

/** Writes dist/a/b.js and its map for a/b.ts; data is copied. */
async function build(file) {
  const output = outputOf(file);
  if (file.endsWith('.json')) return copy(file, output);
  const { code, map } = await transpile(file, readFileSync(file, 'utf8'));
  const sources = [relative(dirname(output), file)];
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, `${code}//# sourceMappingURL=${basename(output)}.map\n`);
  writeFileSync(`${output}.map`, JSON.stringify({ ...map, file: basename(output), sources }));
}

function copy(file, output) {
  mkdirSync(dirname(output), { recursive: true });
  copyFileSync(file, output);
}

/** Builds all files and only then complains, so that one run shows every mistake. */
export async function transpileAll(files) {
  const outcomes = await Promise.allSettled(files.map(build));
  const mistakes = outcomes.filter(({ status }) => status === 'rejected').map(({ reason }) => reason.message);
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
}
