import { Readable } from 'node:stream';
import { applyDecorators, HttpCode, StreamableFile } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

const TYPE = 'application/x-ndjson';

/** Describes a response of `linesOf`. */
export const AnswersLines = () =>
  applyDecorators(
    HttpCode(200),
    ApiResponse({
      status: 200,
      description: 'One JSON object per line',
      content: { [TYPE]: { schema: { type: 'string' } } },
    }),
  );

/**
 * Streams one JSON object per line, and the result as the last line. Waits for the first object before it responds, so
 * that a refusal is still an error. A response without its last line was cut off.
 */
export async function linesOf<T>(
  steps: AsyncGenerator<object, T>,
  last: (result: T) => object,
): Promise<StreamableFile> {
  const first = await steps.next();
  return new StreamableFile(Readable.from(lines(first, steps, last)), { type: TYPE });
}

async function* lines<T>(
  first: IteratorResult<object, T>,
  steps: AsyncGenerator<object, T>,
  last: (result: T) => object,
): AsyncGenerator<string> {
  try {
    let step = first;
    for (; !step.done; step = await steps.next()) yield `${JSON.stringify(step.value)}\n`;
    yield `${JSON.stringify(last(step.value))}\n`;
  } finally {
    await steps.return(undefined as never);
  }
}
