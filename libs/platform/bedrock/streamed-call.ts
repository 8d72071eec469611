import type { Readable } from 'node:stream';
import { classifyError } from './bedrock-error.js';
import { CallDeadline, type StreamLimits } from './call-deadline.js';
import type { ConverseClient, OperationCall } from './converse-client.js';
import type { StreamEnd, StreamedAnswer } from './streamed-answer.js';

/** Makes one streamed call within its limits. @throws BedrockError, also when the stream ends without its end */
export async function streamedCall<End extends StreamEnd>(
  models: ConverseClient,
  call: OperationCall,
  limits: StreamLimits,
  answer: StreamedAnswer<End>,
): Promise<End> {
  const { modelId } = call;
  const deadline = new CallDeadline(limits);
  let complete = false;
  try {
    const { body, headers } = await deadline.within(models.send(call, deadline.signal));
    answer.began(headers);
    await readStream(body, answer, deadline);
    const end = answer.end();
    complete = true;
    return end;
  } catch (error) {
    const { begun, textShown } = answer;
    // It broke after its last word: only its usage is not known.
    if (answer.isComplete && deadline.stoppedBy !== 'caller') return answer.end();
    throw classifyError(error, {
      modelId,
      stoppedBy: deadline.stoppedBy,
      inStream: begun,
      textShown,
      begun,
    });
  } finally {
    deadline.release(complete);
  }
}

/**
 * Reads a response to its end, no faster than its content is consumed. Passes on the events of one chunk synchronously
 * and together: a busy process finds many. Uses events, because an iterator would create promises for each chunk.
 * @throws Error when the stream breaks, after the content before
 */
function readStream(
  body: Readable,
  answer: StreamedAnswer<StreamEnd>,
  deadline: CallDeadline,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let isDue = false;
    const resume = () => {
      deadline.expectEvent();
      body.resume();
    };
    const passOn = () => {
      isDue = false;
      const room = answer.passOn();
      if (!room) return deadline.expectEvent();
      body.pause();
      room.then(resume, reject);
    };
    const passOnAndThen = (next: () => void) => {
      try {
        passOn();
        next();
      } catch (error) {
        reject(error);
      }
    };
    body.on('data', (chunk: Buffer) => {
      deadline.eventCame(answer.read(chunk));
      if (isDue) return;
      isDue = true;
      process.nextTick(passOnAndThen, () => undefined);
    });
    body.once('end', () => passOnAndThen(resolve));
    body.once('error', (error) => passOnAndThen(() => reject(error)));
    deadline.expectEvent();
  });
}
