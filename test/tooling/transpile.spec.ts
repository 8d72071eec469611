import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { ts } from '../../tools/typescript.js';

const transpiler = new URL('../../scripts/prepare/transpile.mjs', import.meta.url).href;
const { transpile } = (await import(transpiler)) as {
  transpile(file: string, source: string): Promise<{ code: string; map: { mappings: string } }>;
};

/** Returns the name of a type. `typeof X === "undefined" ? Object : X` is how a transpiler refers to an import. */
const nameOf = (type: ts.Expression): string =>
  ts.isConditionalExpression(type) ? nameOf(type.whenFalse) : type.getText();

/** Reads `metadata("design:paramtypes", [A, B])` of the helpers, in the order of the decorators. */
function parameterTypesIn(code: string): string[][] {
  const found: string[][] = [];
  const visit = (node: ts.Node): void => {
    const [key, types] = ts.isCallExpression(node) ? node.arguments : [];
    if (key && ts.isStringLiteral(key) && key.text === 'design:paramtypes')
      found.push((types as ts.ArrayLiteralExpression).elements.map(nameOf));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('emitted.js', code, ts.ScriptTarget.ES2023, true));
  return found;
}

function filesOfBuild() {
  const { config } = ts.readConfigFile(join(checkout, 'tsconfig.build.json'), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, checkout);
  const decorated = fileNames.filter((file) => /^\s*@\w/m.test(readFileSync(file, 'utf8')));
  // Only what the types of parameters need: no check, no library of the browser, no file written.
  const quick = { noCheck: true, lib: ['lib.es2023.d.ts'], incremental: false, tsBuildInfoFile: undefined };
  return { decorated, options: { ...options, ...quick, noEmit: false } };
}

/** tsc in memory: it knows the types of all files, where a transpiler sees one. */
class Compiler {
  readonly #program: ts.Program;

  constructor(files: string[], options: ts.CompilerOptions) {
    this.#program = ts.createProgram(files, options);
  }

  emit(file: string): string {
    let emitted = '';
    this.#program.emit(this.#program.getSourceFile(file), (name, text) => {
      if (name.endsWith('.js')) emitted = text;
    });
    return emitted;
  }

  /** Returns true for a name that is no function at run time: the transpiler's helper makes Object of it. */
  isNoClass(file: string, name: string): boolean {
    const checker = this.#program.getTypeChecker();
    const source = this.#program.getSourceFile(file);
    const symbol = checker.resolveName(name, source, ts.SymbolFlags.Value, false);
    if (!symbol || !source) return true;
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (!(target.flags & ts.SymbolFlags.Value)) return true;
    const type = checker.getTypeOfSymbolAtLocation(target, source);
    return type.getConstructSignatures().length + type.getCallSignatures().length === 0;
  }
}

async function differences(tsc: Compiler, file: string, source: string): Promise<string[]> {
  const expected = parameterTypesIn(tsc.emit(file));
  const actual = parameterTypesIn((await transpile(file, source)).code).map((types, index) =>
    types.map((name, position) =>
      expected[index]?.[position] === 'Object' && tsc.isNoClass(file, name) ? 'Object' : name,
    ),
  );
  return Array.from({ length: Math.max(expected.length, actual.length) }, (_, index) => index)
    .filter((index) => `${expected[index]}` !== `${actual[index]}`)
    .map((index) => `${file}: [${expected[index]}] of tsc is [${actual[index]}]`);
}

describe('decorator metadata', () => {
  const { decorated, options } = filesOfBuild();
  let tsc: Compiler;
  beforeAll(() => {
    tsc = new Compiler(decorated, options);
  });

  it('is that of tsc for the parameters of every class and handler with decorators', async () => {
    const found: string[] = [];
    // One after the other: the runner needs its turn between them.
    for (const file of decorated) found.push(...(await differences(tsc, file, readFileSync(file, 'utf8'))));
    expect(found).toEqual([]);
    expect(decorated.length).toBeGreaterThan(150);
  });

  it.each([
    ['another class', (source: string) => source.replaceAll('clock: Clock', 'clock: Date')],
    ['no class', (source: string) => source.replace('import { Clock', 'import { type Clock')],
    ['no decorator', (source: string) => source.replace('@Injectable()', '')],
  ])('differs where the transpiler sees %s', async (_, change) => {
    const file = join(checkout, 'libs/switching/idempotency.service.ts');
    const source = readFileSync(file, 'utf8');
    expect(change(source)).not.toBe(source);
    expect(await differences(tsc, file, change(source))).toHaveLength(1);
  });

  it('is not needed for the types of columns, which a transpiler sees less of', () => {
    const columns = decorated.flatMap((file) => readFileSync(file, 'utf8').match(/@\w*Column\(.{9}/g) ?? []);
    for (const column of columns) expect(column).toMatch(/@\w*Column\(('|\{ type: ')/);
  });
});

describe('output', () => {
  it('has a source map that counts the line of the helpers', async () => {
    const plain = await transpile('a.ts', 'export class A {}\n');
    const decorated = await transpile('a.ts', '@D() export class A {}\n');
    expect(plain.code).not.toContain('babelHelpers');
    expect(plain.map.mappings).toMatch(/^A/);
    expect(decorated.code).toMatch(/^const babelHelpers = .*\nlet A = class A/);
    expect(decorated.map.mappings).toMatch(/^;A/);
  });

  it('replaces a method by what its decorator returns', async () => {
    const source = `const loud = (target: object, key: string, method: PropertyDescriptor) => ({ ...method, value: () => key.toUpperCase() });
      export class A { @loud shout(): string { return 'not this'; } }`;
    const { code } = await transpile('a.ts', source);
    const { A } = await import(`data:text/javascript,${encodeURIComponent(`${code}`)}`);
    expect(new A().shout()).toBe('SHOUT');
  });

  it('says where the source cannot be parsed', async () => {
    await expect(transpile('a.ts', 'const a: = 1;')).rejects.toThrow(/a\.ts:1:10/);
  });

  it('refuses what would need a helper that is not there', async () => {
    await expect(transpile('a.ts', 'using a = open();')).rejects.toThrow('there is no helper for usingCtx');
  });
});
