/** Operations of Bedrock's runtime that call a model. */
export type ModelOperation = 'converse' | 'converse-stream' | 'invoke' | 'invoke-with-response-stream';

/** Returns whether the answer of an operation is a stream of events. */
export const isStreamed = (operation: ModelOperation): boolean =>
  operation === 'converse-stream' || operation === 'invoke-with-response-stream';

/** Returns whether the body of an operation is in the form of the model's family. */
export const isNative = (operation: ModelOperation): boolean => operation.startsWith('invoke');
