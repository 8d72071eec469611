import {
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Get,
  Header,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import type { Notification } from '#libs/notifications/notification.js';
import { NotificationStreams } from '#libs/notifications/notification-streams.service.js';
import { toNotificationView } from '#libs/notifications/notification-view.js';
import { allRecipients, type Recipient, recipientOf } from '#libs/notifications/recipient.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { CurrentSession, type Session } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import type { SseStream } from '../http/sse-stream.js';
import { StreamQuery } from './notifications.schemas.js';
import { SseConnections } from './sse-connections.service.js';

const Position = z.coerce.number().int().min(0).nullable();

/** @throws InvalidInputError */
const LastEventId = createParamDecorator((_: unknown, context: ExecutionContext): number | null => {
  const given = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'] ?? null;
  const position = Position.safeParse(given);
  if (position.success) return position.data;
  throw new InvalidInputError([
    { field: 'last-event-id', message: 'must be the id of an event of this stream' },
  ]);
});

@ApiTags('notifications')
@Controller('v1/notifications')
export class NotificationStreamController {
  constructor(
    private readonly streams: NotificationStreams,
    private readonly connections: SseConnections,
    private readonly breakers: BreakersService,
  ) {}

  @Get('stream')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Stream notifications',
    description:
      'The stream consists of Server-Sent Events. `notification` has a Notification as its data, for the same recipients as the list. The stream omits silent notifications. `ready` means that everything after Last-Event-ID was sent. `heartbeat` comes every 5 seconds. With `everybody`, `breakers` has the open breakers, at the start and after each change. The stream ends when the token expires or the key is revoked. The api disconnects a client that reads too slowly. The client then reconnects with Last-Event-ID.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The stream continues after this event; absent: the stream has only new events',
    schema: { type: 'integer', minimum: 0 },
  })
  @ApiResponse({
    status: 200,
    description: 'The stream',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  // A proxy that buffers responses would delay the events.
  @Header('x-accel-buffering', 'no')
  streamNotifications(
    @Query({ schema: StreamQuery }) query: StreamQuery,
    @CurrentSession() session: Session,
    @LastEventId() after: number | null,
  ): StreamableFile {
    const recipient = recipientFor(query, session.principal);
    const stream = this.connections.open({ ...session, recipient });
    stream.once('close', this.streams.subscribe(recipient, listenerOf(stream), after));
    if (recipient.allRecipients) this.streamBreakers(stream);
    return new StreamableFile(stream, { type: 'text/event-stream; charset=utf-8' });
  }

  private streamBreakers(stream: SseStream): void {
    const sendOpenBreakers = () => stream.event('breakers', null, JSON.stringify(this.breakers.all()));
    stream.once('close', this.breakers.watch(sendOpenBreakers));
    sendOpenBreakers();
  }
}

function recipientFor({ everybody: all, userId }: StreamQuery, principal: Principal): Recipient {
  if (!all) return recipientOf(principal, userId);
  if (userId === undefined) return allRecipients(principal);
  throw new InvalidInputError([
    { field: 'userId', message: 'must not be combined with everybody: omit one of them' },
  ]);
}

/** Caches the text for all recipients of the same notification. */
const texts = new WeakMap<Notification, string>();

function textOf(notification: Notification): string {
  const text = texts.get(notification) ?? JSON.stringify(toNotificationView(notification));
  texts.set(notification, text);
  return text;
}

const listenerOf = (stream: SseStream) => ({
  send: (notification: Notification) => stream.event('notification', notification.seq, textOf(notification)),
  ready: (seq: number) => stream.event('ready', seq, '{}'),
  drained: () => stream.drained(),
  cut: () => void stream.destroy(),
  get isGone() {
    return stream.destroyed;
  },
});
