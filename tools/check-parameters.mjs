// Functions take at most 4 parameters. Biome has one number for functions and constructors, and constructors may take 8.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';

const MAX_PARAMETERS = 4;
const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx'], { encoding: 'utf8' }).trim().split('\n');
let found = 0;

function visit(node, source) {
  if (
    ts.isFunctionLike(node) &&
    !ts.isConstructorDeclaration(node) &&
    node.parameters.length > MAX_PARAMETERS
  ) {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    console.log(
      `${source.fileName}:${line + 1}: takes ${node.parameters.length} parameters, at most ${MAX_PARAMETERS}`,
    );
    found += 1;
  }
  ts.forEachChild(node, (child) => visit(child, source));
}

for (const file of files) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  visit(source, source);
}
process.exitCode = found === 0 ? 0 : 1;
