import { EventStreamDecoder } from '#libs/platform/bedrock/event-stream-decoder.js';
import type { AnswerFacts, AnswerWriter } from '../encoding.js';
import { withEdits, withMembers } from '../json-edits.js';
import { membersOf, sseEvent } from './message-members.js';

const METRICS = 'amazon-bedrock-invocationMetrics';

/** Passes on an answer of Claude in the form that it has: only who answered is set, and Bedrock's metrics are left out. */
export class ClaudeAnswerWriter implements AnswerWriter {
  private readonly decoder = new EventStreamDecoder();

  constructor(private readonly facts: AnswerFacts) {}

  whole(bytes: Buffer): Buffer {
    return withMembers(bytes, membersOf(this.facts));
  }

  frames(bytes: Buffer): Buffer {
    const events = [...this.decoder.read(bytes)].map(({ payload }) => this.eventOf(payload));
    return Buffer.from(events.join(''));
  }

  end(tail: Buffer): Buffer {
    return this.frames(tail);
  }

  /** @param payload a chunk of InvokeModelWithResponseStream: an event of Claude in base64 */
  private eventOf(payload: string): string {
    const chunk = Buffer.from((JSON.parse(payload) as { bytes?: string }).bytes ?? '', 'base64');
    const { type } = JSON.parse(chunk.toString('utf8') || '{}') as { type?: string };
    // Clients know events by their type: without one it is nothing of the Messages API.
    return type === undefined ? '' : sseEvent(type, this.edited(type, chunk).toString('utf8'));
  }

  private edited(type: string, chunk: Buffer): Buffer {
    if (type === 'message_stop') return withEdits(chunk, [{ path: [METRICS] }]);
    if (type !== 'message_start') return chunk;
    const members = Object.entries(membersOf(this.facts));
    return withEdits(
      chunk,
      members.map(([name, value]) => ({ path: ['message', name], value })),
    );
  }
}
