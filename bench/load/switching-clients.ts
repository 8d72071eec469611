import { throughput } from './closed-loop.js';

/** The user, conversations and models of a load of switches. */
export interface Switching {
  url: string;
  token: string;
  userId: string;
  /** Conversations `${prefix}0`, `${prefix}1`, … */
  prefix: string;
  conversations: number;
  models: string[];
}

/** The request at a position: one conversation after the other, and in the next round to the next model. */
export const switchOf = ({ userId, prefix, conversations, models }: Switching, position: number) => ({
  action: 'switch',
  conversationId: `${prefix}${position % conversations}`,
  userId,
  modelId: models[Math.floor(position / conversations) % models.length],
  reason: 'bench',
});

/** Clients that switch one conversation after the other, each waiting for its answer. */
export class SwitchingClients {
  private position = 0;

  constructor(private readonly switching: Switching) {}

  /** @returns switches per second. @throws unless every answer says that it switched */
  perSecond(clients: number, seconds: number): Promise<number> {
    const { url, token } = this.switching;
    const request = {
      url: `${url}/orchestrate`,
      headers: { authorization: `Bearer ${token}` },
      body: () => switchOf(this.switching, this.position++),
    };
    return throughput(request, { clients, seconds, sleeps: true, expects: '"switched":true' });
  }
}
