import { type SwitchTexts, textsByKey } from '#libs/switch-texts/switch-texts.js';

const HEAD = `// Generated from libs/switch-texts/switch.texts.json by \`npm run switch-ui\`. A code file in FlutterFlow.

/// Texts of the actions by language and key, with a place for each \`{value}\`.
class ModelSwitchTexts {
  static const Map<String, Map<String, String>> byLanguage = {
`;
/** Dart's formatter breaks longer lines. */
const LINE_WIDTH = 80;

/** The texts as a Dart class, in the style of Dart's formatter. */
export function dartTexts(languages: Readonly<Record<string, SwitchTexts>>): string {
  const blocks = Object.entries(languages).map(
    ([language, texts]) => `    ${literal(language)}: {\n${entriesOf(texts)}    },\n`,
  );
  return `${HEAD}${blocks.join('')}  };\n}\n`;
}

function entriesOf(texts: SwitchTexts): string {
  const lines = Object.entries(textsByKey(texts)).map(([key, text]) => {
    const line = `      ${literal(key)}: ${literal(text)},`;
    return line.length <= LINE_WIDTH ? line : `      ${literal(key)}:\n          ${literal(text)},`;
  });
  return `${lines.join('\n')}\n`;
}

/** A string literal. What nobody sees, such as a no-break space, is escaped. */
function literal(text: string): string {
  const escaped = text
    .replaceAll(/[\\'$]/g, '\\$&')
    .replaceAll(/(?! )[\p{C}\p{Z}]/gu, (hidden) => `\\u{${hidden.codePointAt(0)!.toString(16)}}`);
  return `'${escaped}'`;
}
