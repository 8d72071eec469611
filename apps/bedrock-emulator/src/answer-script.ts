import { z } from 'zod';

const Block = z.union([
  z.strictObject({ text: z.string().min(1) }),
  z.strictObject({
    toolUse: z.strictObject({
      name: z.string().min(1),
      input: z.unknown().optional(),
      /** Made from the request by default. */
      toolUseId: z.string().min(1).optional(),
    }),
  }),
  /** Signed by default where the family of the model signs. */
  z.strictObject({
    reasoning: z.strictObject({ text: z.string(), signature: z.string().min(1).optional() }),
  }),
  z.strictObject({ redacted: z.string().min(1) }),
]);

/** Answer of a model as a test wants it. */
export const AnswerScript = {
  content: z.array(Block).min(1),
  /** By default `tool_use` if the content has one, else `end_turn`. */
  stopReason: z
    .enum([
      'end_turn',
      'tool_use',
      'max_tokens',
      'stop_sequence',
      'malformed_model_output',
      'malformed_tool_use',
    ])
    .optional(),
};

export type ScriptedBlock = z.output<typeof Block>;
