export interface BannedWord {
  pattern: RegExp;
  /** The word to use, as in docs/glossary.md. */
  instead: string;
  /** Matches code too, not only comments, messages and documents. */
  inCode?: true;
}

export interface Finding {
  file: string;
  line: number;
  word: string;
  instead: string;
}

const OWN = '(?:its|their|our|his|her|your|my)';
const QUESTION_WORD = '(?:What|Who|Whoever|Whatever|Whether)';

const BANNED: BannedWord[] = [
  { pattern: /\banew\b/, instead: 'again' },
  { pattern: /\bamid(?:st)?\b/, instead: 'during' },
  { pattern: /\bby turns\b/, instead: 'alternately' },
  { pattern: /\bwhoever\b/, instead: 'the person or program that …' },
  { pattern: /\b(?:go|goes|going|went|gone) on\b/, instead: 'continue' },
  { pattern: /\bas (?:\S+ ){1,6}?(?:has|have|had) (?:it|them)\b/, instead: 'as in …' },
  { pattern: new RegExp(`\\bof ${OWN} own\\b`), instead: 'separate, own' },
  { pattern: /\bat once\b/, instead: 'synchronously, concurrently, in a batch or immediately' },
  { pattern: /\bmoments?\b/, instead: 'time, instant' },
  { pattern: /\b(?:hears?|heard)\b/, instead: 'receives' },
  { pattern: /\b(?:told|tells)\b/, instead: 'notified, sent, passed' },
  { pattern: /\bst(?:an|oo)ds? in\b|\bstanding in\b|\bstand-ins?\b/, instead: 'fallback, replacement' },
  { pattern: /\b(?:rests|rested|resting)\b/, instead: 'is open (breaker), cools down (model)' },
  { pattern: /\b(?:doorbell|rings? (?:a|the) bell)\b/, instead: 'notify, signal' },
  { pattern: /\bset aside\b|\bgiven up\b/, instead: 'dead letter' },
  { pattern: /\bbarred\b/, instead: 'not selectable' },
  {
    pattern:
      /(?:^|[.,;:(]|\b(?:if|when|as|where)) one (?:can|may|must|wants|asks|sees|reads|needs|should)\b/m,
    instead: 'you',
  },
  {
    pattern: /\b(?:const|let|readonly|static) (?:MOST|LEAST|LONGEST)_\w+/,
    instead: 'MAX_…, MIN_…',
    inCode: true,
  },
];

/** A comment, or a sentence of a document, whose subject is a clause. */
const CLAUSE_AS_SUBJECT = {
  comment: new RegExp(`^\\s*(?:/\\*\\*?|//|#) ${QUESTION_WORD}\\b[^?\\n]*(?:\\n|$)`, 'm'),
  heading: new RegExp(`^#+ ${QUESTION_WORD}\\b[^?\\n]*$`, 'm'),
};

const CODE = /\.(?:[cm]?tsx?|[cm]?js|dart)$/;
const MARKER = /words-ok: *\w/;

/** @returns the banned words of a file; a line with `words-ok: <reason>`, or after one, may have them */
export function findBannedWords(file: string, content: string): Finding[] {
  const lines = content.split('\n');
  const code = lines.map(withoutMarks).join('\n');
  const prose = lines.map((line) => withoutMarks(proseOf(file, line))).join('\n');
  const searches = BANNED.map((rule) => ({ ...rule, text: rule.inCode ? code : prose }));
  const findings = searches.flatMap(({ pattern, instead, text }) =>
    matches(pattern, text).map((match) => ({ ...match, instead })),
  );
  const allowed = (line: number) => MARKER.test(lines[line]!) || MARKER.test(lines[line - 1] ?? '');
  return [...findings, ...clauses(file, lines)]
    .filter(({ line }) => !allowed(line))
    .map(({ line, word, instead }) => ({ file, line: line + 1, word, instead }))
    .sort((a, b) => a.line - b.line);
}

interface Match {
  /** Index into the lines. */
  line: number;
  word: string;
}

/** Finds phrases over the end of a line too. */
function matches(pattern: RegExp, text: string): Match[] {
  const anySpace = new RegExp(pattern.source.replaceAll(' ', '\\s+'), `gi${pattern.flags}`);
  return [...text.matchAll(anySpace)].map(({ index, 0: word }) => ({
    line: text.slice(0, index).split('\n').length - 1,
    word: word.trim().replaceAll(/\s+/g, ' '),
  }));
}

function clauses(file: string, lines: string[]): (Match & { instead: string })[] {
  const pattern = file.endsWith('.md') ? CLAUSE_AS_SUBJECT.heading : CLAUSE_AS_SUBJECT.comment;
  const instead = file.endsWith('.md') ? 'a noun phrase' : 'a verb: "Returns …", "Retries …"';
  return lines.flatMap((text, line) =>
    pattern.test(text) ? [{ line, word: text.trim().split(/\s+/).slice(0, 4).join(' '), instead }] : [],
  );
}

/** Comments and messages of code; the whole line of anything else, without its code spans and the targets of links. */
function proseOf(file: string, line: string): string {
  if (file.endsWith('.md')) return line.replaceAll(/`[^`]*`/g, '``').replaceAll(/\]\([^)]*\)/g, ']');
  if (!CODE.test(file) || /^\s*(?:\*|\/\*|\/\/)/.test(line) || isPlainText(line)) return line;
  return [...strings(line), ...(/(?<!:)\/\/.*$/.exec(line) ?? []), ...(/>[^<>{}]+</.exec(line) ?? [])].join(
    ' ',
  );
}

/** A line of a template literal or of JSX: words and punctuation, without operators. */
const isPlainText = (line: string) =>
  /^[\s\w,.:;’'"()–—/-]+$/.test(line) && /(?:[a-z]+,? ){3}/.test(line) && !/[;{]$/.test(line);

/** Messages have spaces; keys, ids and paths have none. */
const strings = (line: string) =>
  (line.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`?/g) ?? [])
    .filter((text) => text.includes(' '))
    .map((text) => text.replaceAll(/\$\{[^}]*\}/g, ''));

/** Without what starts a line of a comment or a quotation, so that phrases are found over the end of a line. */
const withoutMarks = (line: string) => line.replace(/^\s*(?:\*(?!\*)|\/\/|#|>)?\s*/, '');
