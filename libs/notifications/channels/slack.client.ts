import { Injectable } from '@nestjs/common';
import { IncomingWebhook } from '@slack/webhook';
import { type Delivery, type Failure, failed } from '../delivery/delivery.js';
import { type HttpAnswer, PublicNetwork } from '../delivery/public-network.client.js';
import type { ChannelMessage } from './channel.js';
import { connectionFailure } from './connection-failure.js';

/** Hosts of incoming webhooks. */
const SLACK_HOSTS: readonly string[] = ['hooks.slack.com', 'hooks.slack-gov.com'];
/** Longest text of a block. */
const MAX_TEXT = 2_900;

/** Posts messages to incoming webhooks of Slack. */
@Injectable()
export class SlackClient {
  constructor(private readonly network: PublicNetwork) {}

  /** Returns whether messages may go to this URL: to Slack, or to this machine where the configuration allows it. */
  mayBeAt({ protocol, hostname, port }: URL): boolean {
    if (this.network.isAllowedLoopback(hostname)) return true;
    return protocol === 'https:' && port === '' && SLACK_HOSTS.includes(hostname);
  }

  /** @param stop aborts immediately. @throws only when stopped */
  async send(url: string, message: ChannelMessage, stop?: AbortSignal): Promise<Delivery> {
    const { host } = new URL(url);
    const timeout = AbortSignal.timeout(this.network.timeoutSeconds * 1_000);
    let answer: HttpAnswer | undefined;
    const webhook = new IncomingWebhook(url, {
      fetch: async (to, init = {}) => {
        const body = String(init.body);
        answer = await this.network.post({ url: String(to), headers: {}, body }, timeout, stop);
        return responseOf(answer, url);
      },
    });
    try {
      await webhook.send(payloadOf(message));
      return { delivered: true, status: answer!.status };
    } catch (error) {
      stop?.throwIfAborted();
      if (answer) return refusal(answer, host);
      if (timeout.aborted)
        return failed(`${host} gave no answer within ${this.network.timeoutSeconds} s`, 'timeout');
      return connectionFailure(error, host);
    }
  }
}

/** Form of `fetch`, as Slack's library reads it. A redirect counts as a failure. */
const responseOf = ({ status, headers, text }: HttpAnswer, url: string) => ({
  ok: status >= 200 && status < 300,
  status,
  statusText: '',
  url,
  headers: new Headers({ 'retry-after': String(headers['retry-after'] ?? 0) }),
  text,
  json: async () => JSON.parse(await text()),
  arrayBuffer: async () => new ArrayBuffer(0),
});

async function refusal({ status, headers, text }: HttpAnswer, host: string): Promise<Failure> {
  const seconds = Number(headers['retry-after']);
  const retryAfterMs = seconds > 0 ? seconds * 1_000 : 0;
  return {
    ...failed(`${host} answered ${status}${codeOf(await text())}`, causeOf(status), status),
    retryAfterMs,
  };
}

/** Slack answers with a code such as `invalid_token`. Other text is not repeated. */
const codeOf = (text: string): string => (/^[a-z_]{1,60}$/.test(text) ? ` (${text})` : '');

const causeOf = (status: number) =>
  status === 401 || status === 403 || status === 404 || status === 410 ? 'credentials' : 'answer';

/** Texts are plain, so that none of them mentions people or channels; the ids of blocks tell repetitions. */
function payloadOf({ id, subject, lines, link }: ChannelMessage) {
  const text = plain([subject, ...lines].join('\n'));
  return {
    text: escaped(subject),
    unfurl_links: false,
    blocks: [
      { type: 'section', block_id: id, text: { type: 'plain_text', text, emoji: false } },
      ...(link
        ? [{ type: 'context', elements: [{ type: 'mrkdwn', text: `<${link.url}|${escaped(link.label)}>` }] }]
        : []),
    ],
  };
}

const plain = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
