import type { Readable } from 'node:stream';
import type { CallDeadline } from './call-deadline.js';
import type { ConverseStream, OnText } from './converse-stream.js';

/** Stream, deadline and listener of a response. */
interface Reading {
  stream: ConverseStream;
  deadline: CallDeadline;
  onText: OnText;
}

/**
 * Reads a response to its end, no faster than its text is consumed. Passes on the events of one chunk synchronously and
 * together: a busy process finds many. Uses events, because an iterator would create promises for each chunk.
 * @throws Error when the stream breaks, after the text before
 */
export function readStream(
  body: Readable,
  { stream: answer, deadline: guard, onText: hear }: Reading,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    let isDue = false;
    const goOn = () => {
      guard.expectEvent();
      body.resume();
    };
    const passOn = () => {
      isDue = false;
      const room = text === '' ? undefined : hear(text);
      text = '';
      answer.assertComplete();
      if (!room) return guard.expectEvent();
      body.pause();
      room.then(goOn, reject);
    };
    const passOnThen = (next: () => void) => {
      try {
        passOn();
        next();
      } catch (error) {
        reject(error);
      }
    };
    body.on('data', (chunk: Buffer) => {
      const more = answer.read(chunk);
      guard.eventCame(more !== '');
      text += more;
      if (isDue) return;
      isDue = true;
      process.nextTick(passOnThen, () => undefined);
    });
    body.once('end', () => passOnThen(resolve));
    body.once('error', (error) => passOnThen(() => reject(error)));
    guard.expectEvent();
  });
}
