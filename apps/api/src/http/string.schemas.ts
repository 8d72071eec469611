import { z } from 'zod';
import { MODEL_ID } from '#libs/platform/bedrock/model-id.js';

/** Opaque text: nothing that could forge a line of a log, and no half character that PostgreSQL would store as another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const PRINTABLE = /^[^\u0000-\u001f\u007f\ud800-\udfff]+$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what it refuses
const WITHOUT_NUL = /^[^\u0000]*$/;
const plain = 'must not contain control characters';

const printable = (most: number) => z.string().min(1).max(most).regex(PRINTABLE, plain);

export const Id = printable(128);
/** Names a model; one that no catalogue has is no error. */
export const ModelId = printable(256);
/** Id of a model that is stored: one that Bedrock takes. */
export const StoredModelId = z
  .string()
  .max(256)
  .regex(MODEL_ID, 'must be an id or ARN of Bedrock: letters, digits and . _ : / -');
/** Id of any entity of the catalogue. */
export const EntityId = printable(400);
export const ReasonText = z.string().max(500).regex(WITHOUT_NUL, 'must not contain NUL characters');
/** Reasons and comments of people, which others read before they decide. */
export const LongText = z
  .string()
  .max(2_000)
  .regex(WITHOUT_NUL, 'must not contain NUL characters')
  .regex(/\S/, 'must not be blank');
/** `true` or `false` in a query; false by default. */
export const flag = (description: string) =>
  z
    .stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' })
    .default(false)
    .meta({ description, type: 'boolean' });
/** `true` or `false` in a query; undefined where it is absent. */
export const optionalFlag = (description: string) =>
  z
    .stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' })
    .optional()
    .meta({ description, type: 'boolean' });
/** From one to a hundred items a page. */
export const Limit = z.coerce.number().int().min(1).max(100).default(50);
/** `nextCursor` of a page, in the form of the list. */
export const cursor = <Form extends z.ZodType>(form: Form) =>
  form.optional().meta({ description: '`nextCursor` of the previous page' });
/** Cursor of a list in the order of a number. */
export const NumberCursor = cursor(z.coerce.number().int().min(1));
/** A time with a zone. */
export const Time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .meta({ type: 'string', format: 'date-time' });

export const WireName = z
  .enum(['chat', 'bedrock', 'anthropic', 'openai'])
  .meta({ description: 'Way on which a call came' });
