import { EventStreamDecoder } from '#libs/platform/bedrock/event-stream-decoder.js';
import { withPayload } from '#libs/platform/bedrock/event-stream-encoder.js';
import type { AnswerFacts, AnswerWriter } from './encoding.js';
import { withEdits } from './json-edits.js';

/**
 * Adds to an answer of Converse who answered: in `additionalModelResponseFields`, which typed SDKs hand to their
 * application. All other bytes stay as they are.
 */
export class EchoWriter implements AnswerWriter {
  private hasBegun = false;

  constructor(private readonly facts: AnswerFacts) {}

  whole(bytes: Buffer): Buffer {
    return this.withFacts(bytes);
  }

  frames(bytes: Buffer): Buffer {
    return this.hasBegun ? bytes : this.begun(bytes);
  }

  end(tail: Buffer): Buffer {
    return this.frames(tail);
  }

  private begun(bytes: Buffer): Buffer {
    this.hasBegun = true;
    const frames = [...new EventStreamDecoder().read(bytes)];
    return Buffer.concat(
      frames.map((frame) =>
        frame.name === 'messageStart'
          ? withPayload(frame.bytes, (payload) => this.withFacts(payload))
          : frame.bytes,
      ),
    );
  }

  private withFacts(json: Buffer): Buffer {
    return withEdits(json, [{ path: ['additionalModelResponseFields', 'orchestrator'], value: this.facts }]);
  }
}
