import { Agent, type IncomingMessage, request as open } from 'node:http';
import { text } from 'node:stream/consumers';
import { paced } from './fixed-rate.js';
import { type Switching, switchOf } from './switching-clients.js';

const MAX_CONNECTIONS = 64;

/** Switches that are asked for at a rate, whether answers come or not. */
export class PacedSwitches {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS, scheduling: 'fifo' });
  private position = 0;

  constructor(private readonly switching: Switching) {}

  /** @param answered gets each id as soon as its answer is there. @throws unless every answer says that it switched */
  async run(
    pace: { perSecond: number; seconds: number },
    answered: (switchId: string) => void = () => undefined,
  ): Promise<void> {
    const begin = async () => answered(await this.next());
    await paced({ ...pace, sleeps: true }, begin);
  }

  close(): void {
    this.agent.destroy();
  }

  private async next(): Promise<string> {
    const { url, token } = this.switching;
    const body = JSON.stringify(switchOf(this.switching, this.position++));
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const call = open(`${url}/orchestrate`, { agent: this.agent, method: 'POST', headers }, resolve);
      call.once('error', reject).end(body);
    });
    const said = await text(answer);
    const { data } = JSON.parse(said);
    if (answer.statusCode !== 200 || !data?.switched)
      throw new Error(`not switched: ${answer.statusCode} ${said}`);
    return data.switchId;
  }
}
