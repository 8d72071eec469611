import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Answer as it was recorded. */
export interface RecordedAnswer {
  headers: Record<string, string>;
  /** Body of a whole answer. */
  text?: string;
  /** Frames of a stream, in base64. */
  frames?: string;
}

export const bytesOf = ({ text = '', frames }: RecordedAnswer): Buffer =>
  frames === undefined ? Buffer.from(text) : Buffer.from(frames, 'base64');

/** Answers every request of Amazon Bedrock's runtime with one recorded answer, and keeps what it was asked. */
export class ReplayingUpstream {
  answer: RecordedAnswer = { headers: {} };
  asked: { path: string; headers: Record<string, unknown>; body: Buffer }[] = [];

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly url: string,
  ) {}

  static async start(): Promise<ReplayingUpstream> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const upstream = new ReplayingUpstream(server, url);
    server.on('request', async (request, response) => {
      const { url: path = '', headers } = request;
      upstream.asked.push({ path, headers, body: await buffer(request) });
      response.writeHead(200, upstream.answer.headers).end(bytesOf(upstream.answer));
    });
    return upstream;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
