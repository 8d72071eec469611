import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import { logContext } from './async-context.js';

type Level = 'info' | 'warn' | 'error' | 'debug' | 'trace' | 'fatal';

/** Structured logs for a process. Never log a reason, a prompt, an answer or a key: they may hold health data or secrets. */
export const createLogger = (process: 'api' | 'worker', level: string): Logger =>
  pino({
    level,
    base: { process },
    // Which request or job a line is about, and its trace.
    mixin: logContext,
    redact: ['*.authorization', '*.headers', '*.body'],
  });

/** Lets Nest and its modules write to the same log. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the name of the logger as the last argument, and a stack before it. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    const stack = rest.length > 1 ? rest[0] : undefined;
    if (message instanceof Error) this.logger[level]({ err: message, context }, message.message);
    else if (typeof message === 'object') this.logger[level]({ ...message, context, stack });
    else this.logger[level]({ context, stack }, String(message));
  }
}
