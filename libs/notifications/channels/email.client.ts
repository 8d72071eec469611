import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { type Delivery, type Failure, failed } from '../delivery/delivery.js';
import { PublicNetwork } from '../delivery/public-network.client.js';
import type { ChannelMessage, EmailTarget } from './channel.js';
import { connectionFailure } from './connection-failure.js';

/** Ports of mail servers; those above 1024 are alternatives of SES and others. */
const MAIL_PORTS: readonly number[] = [25, 465, 587, 2465, 2525, 2587];

/** Sends messages by SMTP, one connection each. */
@Injectable()
export class EmailClient {
  constructor(private readonly network: PublicNetwork) {}

  /** Returns whether the configuration allows a server without TLS, or at another port: only on this machine. */
  isAllowedLoopback(host: string): boolean {
    return this.network.isAllowedLoopback(host);
  }

  isMailPort(port: number): boolean {
    return MAIL_PORTS.includes(port);
  }

  /** @param password empty: the server asks for no login. @param stop aborts immediately. @throws only when stopped */
  async send(
    target: EmailTarget,
    password: string,
    message: ChannelMessage,
    stop?: AbortSignal,
  ): Promise<Delivery> {
    const deadline = AbortSignal.timeout(this.network.timeoutSeconds * 1_000);
    const socket = this.network.open(target.host, target.port);
    const giveUp = () => socket.destroy(new Error('the attempt ended'));
    deadline.addEventListener('abort', giveUp);
    stop?.addEventListener('abort', giveUp);
    try {
      await within(once(socket, 'connect'), deadline, stop);
      const { response } = await within(this.post(socket, target, password, message), deadline, stop);
      return { delivered: true, status: statusOf(response) ?? 250 };
    } catch (error) {
      stop?.throwIfAborted();
      if (deadline.aborted)
        return failed(`${target.host} gave no answer within ${this.network.timeoutSeconds} s`, 'timeout');
      return failureOf(error as SmtpError, target.host);
    } finally {
      deadline.removeEventListener('abort', giveUp);
      stop?.removeEventListener('abort', giveUp);
      socket.destroy();
    }
  }

  private async post(connection: Socket, target: EmailTarget, pass: string, message: ChannelMessage) {
    const transport = createTransport({
      host: target.host,
      port: target.port,
      secure: target.tls === 'implicit',
      requireTLS: target.tls === 'starttls',
      ignoreTLS: target.tls === 'none',
      tls: { ...(isIP(target.host) === 0 && { servername: target.host }) },
      ...(target.user !== null && { auth: { user: target.user, pass } }),
      disableFileAccess: true,
      disableUrlAccess: true,
      getSocket: (_options, callback) => callback(null, { connection }),
    });
    return transport.sendMail(mailOf(target, message));
  }
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  command?: string;
}

const statusOf = (response: string): number | undefined => Number(/^\d{3}/.exec(response)?.[0]) || undefined;

/** Rejects at the deadline or when stopped: a library may wait longer. */
function within<T>(attempt: Promise<T>, deadline: AbortSignal, stop?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error('the attempt ended'));
    deadline.addEventListener('abort', giveUp, { once: true });
    stop?.addEventListener('abort', giveUp, { once: true });
    if (stop?.aborted) giveUp();
    attempt.then(resolve, reject).finally(() => stop?.removeEventListener('abort', giveUp));
  });
}

/** Repeats no text of the server: it may contain addresses and user names. */
function failureOf(error: SmtpError, host: string): Failure {
  const status = error.responseCode ?? null;
  const answered = status === null ? '' : ` (${status})`;
  if (error.code === 'EAUTH')
    return failed(`${host} refused the user or the password${answered}`, 'credentials', status);
  if (error.code === 'ETLS' && status !== null)
    return failed(`TLS with ${host} failed (it offers no STARTTLS)`, 'tls', status);
  if (error.code === 'EENVELOPE')
    return failed(`${host} refused the sender or a recipient${answered}`, 'answer', status);
  if (status !== null) return failed(`${host} answered ${status}`, 'answer', status);
  return connectionFailure(error, host);
}

/** `Message-ID` is the same at a repetition, so that mail servers and readers can drop it. */
const mailOf = ({ from, to }: EmailTarget, { id, urgency, subject, lines, link }: ChannelMessage) => ({
  from,
  to,
  subject,
  text: [subject, '', ...lines, ...(link ? ['', `${link.label}: ${link.url}`] : [])].join('\n'),
  messageId: `<${id}@bedrock-model-orchestrator>`,
  headers: { 'Auto-Submitted': 'auto-generated' },
  ...(urgency === 'page' && { priority: 'high' as const }),
});
