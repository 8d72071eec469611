import type { Page } from './render.js';

/** The command as it was typed, with the successor in the model's place: ready to be pasted into a shell. */
export function commandWith(successor: string, page: Page, modelId: string | undefined): string | undefined {
  if (modelId === undefined) return undefined;
  const words = page.args.map((word) => (word === modelId ? successor : word));
  return [page.program, ...words].map(quoted).join(' ');
}

/** The command as it was typed, to propose what it does; undefined: it cannot propose. */
export function proposingCommand({ program, args }: Page): string | undefined {
  if (!args.includes('switch') && !args.includes('auto-switch')) return undefined;
  return [program, ...args, '--propose'].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
