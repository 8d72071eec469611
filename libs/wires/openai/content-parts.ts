import { z } from 'zod';
import type { JsonObject } from '../read-body.js';

/** Block of a message of Converse. */
export type Block = JsonObject;

const MEDIA_TYPES: Record<string, { kind: 'image' | 'document'; format: string }> = {
  ...Object.fromEntries(
    ['png', 'jpeg', 'gif', 'webp'].map((format) => [`image/${format}`, { kind: 'image' as const, format }]),
  ),
  'application/pdf': { kind: 'document', format: 'pdf' },
  'text/csv': { kind: 'document', format: 'csv' },
  'application/msword': { kind: 'document', format: 'doc' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    kind: 'document',
    format: 'docx',
  },
  'application/vnd.ms-excel': { kind: 'document', format: 'xls' },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { kind: 'document', format: 'xlsx' },
  'text/html': { kind: 'document', format: 'html' },
  'text/plain': { kind: 'document', format: 'txt' },
  'text/markdown': { kind: 'document', format: 'md' },
};
const DOCUMENT_FORMATS = Object.values(MEDIA_TYPES)
  .filter(({ kind }) => kind === 'document')
  .map(({ format }) => format);
/** Begin of a data URL: the base64 after it may have megabytes, which no pattern should walk. */
const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)(?:;[\w-]+=[^;,]*)*;base64,/;
const DEFAULT_NAME = 'document';
const MAX_NAME_LENGTH = 200;

/** Splits a data URL; undefined: it is none, or of a type that no model takes. */
function dataUrlOf(url: string) {
  const [prefix = '', type = ''] = DATA_URL.exec(url.slice(0, 256)) ?? [];
  const media = MEDIA_TYPES[type.toLowerCase()];
  return media && { ...media, bytes: url.slice(prefix.length) };
}

/** Adds an error at a field of the part. */
function refuse(context: z.RefinementCtx, path: string[], message: string): never {
  context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
}

const Text = z
  .strictObject({ type: z.literal('text'), text: z.string() })
  .transform(({ text }) => ({ text }));

const Image = z
  .strictObject({
    type: z.literal('image_url'),
    image_url: z.strictObject({
      url: z.string(),
      // Models of Bedrock take images as they are.
      detail: z.enum(['auto', 'high'], 'must be auto or high: images are not reduced').optional(),
    }),
  })
  .transform(({ image_url: { url } }, context): Block => {
    const data = dataUrlOf(url);
    if (data?.kind === 'image') return { image: { format: data.format, source: { bytes: data.bytes } } };
    const message = 'must be a data URL of a png, jpeg, gif or webp in base64: this service fetches no URL';
    return refuse(context, ['image_url', 'url'], message);
  });

const File = z
  .strictObject({
    type: z.literal('file'),
    file: z.strictObject({
      file_data: z.string('must have the content: this service stores no files').min(1),
      filename: z.string().optional(),
    }),
  })
  .transform(({ file: { file_data, filename } }, context): Block => {
    const data = dataUrlOf(file_data);
    const format = data ? data.format : formatOf(filename);
    if (file_data.startsWith('data:') ? data?.kind !== 'document' : format === undefined) {
      const message = `must be a data URL of a document, or base64 with a filename that ends in ${DOCUMENT_FORMATS.join(', ')}`;
      return refuse(context, ['file', 'file_data'], message);
    }
    return {
      document: { format, name: nameOf(filename), source: { bytes: data ? data.bytes : file_data } },
    };
  });

const Audio = z
  .strictObject({
    type: z.literal('input_audio'),
    input_audio: z.strictObject({ data: z.string().min(1), format: z.enum(['wav', 'mp3']) }),
  })
  .transform(({ input_audio: { data, format } }): Block => ({ audio: { format, source: { bytes: data } } }));

const Refusal = z
  .strictObject({ type: z.literal('refusal'), refusal: z.string() })
  .transform(({ refusal }) => ({ text: refusal }));

const formatOf = (filename: string | undefined): string | undefined =>
  DOCUMENT_FORMATS.find((format) => filename?.toLowerCase().endsWith(`.${format}`));

/** Returns a name with the characters that Converse takes, without the extension. */
function nameOf(filename: string | undefined): string {
  const name = (filename ?? '')
    .replace(/\.\w+$/, '')
    .replace(/[^A-Za-z0-9 \-()[\]]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return name.slice(0, MAX_NAME_LENGTH) || DEFAULT_NAME;
}

/** A string stands for one part with this text. */
const asParts = (content: unknown) =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content;
const parts = <Part extends z.ZodType<Block>>(part: Part) =>
  z.preprocess(asParts, z.array(part, 'must be a string or a list of parts'));

/** Models refuse a text without characters. */
const withoutEmptyTexts = (blocks: Block[]): Block[] => blocks.filter(({ text }) => text !== '');

export const TextParts = parts(z.discriminatedUnion('type', [Text], 'must be of the type text')).transform(
  withoutEmptyTexts,
);
export const UserParts = parts(
  z.discriminatedUnion(
    'type',
    [Text, Image, File, Audio],
    'must be of the type text, image_url, file or input_audio',
  ),
)
  .transform(withoutEmptyTexts)
  .refine((blocks) => blocks.length > 0, 'must not be empty')
  .refine(
    (blocks) => blocks.every((block) => !('document' in block)) || blocks.some((block) => 'text' in block),
    'must have a text beside a file',
  );
export const AssistantParts = parts(
  z.discriminatedUnion('type', [Text, Refusal], 'must be of the type text or refusal'),
).transform(withoutEmptyTexts);
export const ToolParts = parts(
  z.discriminatedUnion('type', [Text, Image], 'must be of the type text or image_url'),
).transform(withoutEmptyTexts);
