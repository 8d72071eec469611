import { messageOf } from '#libs/platform/bedrock/event-stream-encoder.js';

/** Returns an exception of an event stream, such as `modelStreamErrorException`. */
export const exceptionFrame = (type: string, body: object): Buffer =>
  messageOf(
    { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' },
    Buffer.from(JSON.stringify(body)),
  );
