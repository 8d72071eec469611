import type { LoggedStatement } from './logged-statements.js';

/** The values of a logged switch that are specific to it; everything else is the same in the next one. */
export interface KnownSwitch {
  conversationId: string;
  switchId: string;
  fromId: string;
  toId: string;
  /** Of the conversation, after the switch. */
  version: number;
  seq: number;
}

/** A script for pgbench, and the texts that it takes by `-D name=value`. */
export interface Script {
  text: string;
  variables: Record<string, string>;
}

/**
 * The logged statements of one switch as a script that switches a random conversation of `conversations`, named 1 to
 * that number. What the program computes from the row that it locked, the script takes from there, too.
 */
export function scriptOf(statements: LoggedStatement[], known: KnownSwitch, conversations: number): Script {
  const variables: Record<string, string> = {};
  const constant = (value: string) => {
    const name = Object.keys(variables).find((each) => variables[each] === value);
    if (name) return `:${name}`;
    const added = `text${Object.keys(variables).length}`;
    variables[added] = value;
    return `:${added}`;
  };
  // From one model to the other and back: writing what is there already would cost less.
  const alternately = (odd: string, even: string) =>
    `(CASE WHEN :seq::int % 2 = 1 THEN ${constant(odd)} ELSE ${constant(even)} END)`;
  const special: Record<string, string> = {
    [known.conversationId]: ':conversation',
    [known.switchId]: `lpad(:event::text, 32, '0')::uuid`,
    [known.version]: ':version',
    [known.seq]: ':seq',
    [known.toId]: alternately(known.toId, known.fromId),
    [known.fromId]: alternately(known.fromId, known.toId),
  };
  const textOf = (value: string | null) => (value === null ? 'NULL' : (special[value] ?? constant(value)));
  const lines = statements.map(({ sql, parameters }) => {
    const filled = withoutColons(sql).replace(/\$(\d+)/g, (_, n) => textOf(parameters[Number(n) - 1]!));
    return locksTheRow(sql)
      ? `${filled}\n\\gset locked_\n\\set version :locked_version + 1\n\\set seq :locked_switch_seq + 1`
      : `${filled};`;
  });
  const first = [
    `\\set conversation random(1, ${conversations})`,
    '\\set event random(1, 9000000000000000000)',
  ];
  return { text: [...first, ...lines, ''].join('\n'), variables };
}

const locksTheRow = (sql: string) => /FROM ai_conversations[\s\S]*FOR UPDATE/.test(sql);

/** pgbench takes a colon before a letter for a variable, also in a string: the same strings without one. */
const withoutColons = (sql: string): string =>
  sql.replace(/'[^']*'/g, (text) => (/:[A-Za-z_]/.test(text) ? `U&${text.replaceAll(':', '\\003A')}` : text));
