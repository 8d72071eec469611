import { connect, type Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** A connection to a listening api that says what it likes, as slowly as it likes. */
export class RawClient {
  received = '';
  readonly closed: Promise<void>;
  private readonly socket: Socket;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (chunk) => {
      this.received += chunk;
    });
    // A server that has received enough may reset the connection.
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  send(text: string): void {
    this.socket.write(text);
  }

  end(): void {
    this.socket.destroy();
  }

  /** Status and problem document of the answer, once the server has hung up. */
  async refusal(): Promise<{ status: number; type: string | undefined; problem: Record<string, unknown> }> {
    await this.closed;
    const [head = '', body = ''] = this.received.split('\r\n\r\n');
    const type = /^content-type: (.*)$/im.exec(head)?.[1];
    return { status: Number(head.split(' ')[1]), type, problem: JSON.parse(body) };
  }
}

/** @returns the port */
export async function listen(api: NestFastifyApplication): Promise<number> {
  await api.listen(0, '127.0.0.1');
  return Number(new URL(await api.getUrl()).port);
}
