import { Body, Controller, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ChatAnswer } from '#libs/inference/chat.js';
import { type BegunChat, ChatService, type OnChatEvent } from '#libs/inference/chat.service.js';
import { Shutdown } from '#libs/platform/health/shutdown.service.js';
import type { Caller } from '#libs/switching/switch.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RightsByOwner } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { PeopleLimits } from '../http/people-limits.js';
import { untilCutOff, whenGone } from '../http/running-call.js';
import { ChatAnswerView, ChatRequest, toChat, toChatAnswerView } from './chat.schemas.js';
import { chatStream } from './chat-stream.js';

@ApiTags('chat')
@Controller('v1/chat')
export class ChatController {
  constructor(
    private readonly chats: ChatService,
    private readonly shutdown: Shutdown,
    private readonly limits: PeopleLimits,
  ) {}

  @Post()
  @RightsByOwner()
  @ApiOperation({
    summary: 'Send a chat to the effective model of a conversation',
    description:
      'A fallback answers if the model fails. With `stream`, the response has the Server-Sent Events `model`, `delta` and `restart` (discard the text so far). The last event is `done` (the answer) or `error` (a problem document). The model call stops when the client disconnects.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/ChatRequest' } })
  @ApiResult(200, ChatAnswerView, 'The answer; with `stream` as text/event-stream')
  @ApiProblems(404, 409, 422)
  async chat(
    @Body({ schema: ChatRequest }) body: ChatRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.limits.chatting(caller.principal, reply);
    const chat = await this.chats.begin(toChat(body), caller);
    const gone = whenGone(reply);
    if (!body.stream) return toChatAnswerView(await this.answerTo(chat, gone));
    // A proxy that collects an answer before it passes it on would take the stream out of it.
    reply.header('x-accel-buffering', 'no');
    const stream = chatStream((onEvent) => this.run(chat, gone, onEvent), caller.requestId);
    return new StreamableFile(stream, { type: 'text/event-stream; charset=utf-8' });
  }

  private async answerTo(chat: BegunChat, gone: AbortController): Promise<ChatAnswer> {
    let answer: ChatAnswer | undefined;
    await this.run(chat, gone, (event) => {
      if (event.type === 'done') answer = event.answer;
      return undefined;
    });
    if (!answer) throw new Error('a chat ended without an answer');
    return answer;
  }

  /** The call is recorded also if it ends early. */
  private run(chat: BegunChat, gone: AbortController, onEvent: OnChatEvent): Promise<void> {
    return untilCutOff(this.shutdown, gone, (signal) => this.chats.run(chat, signal, onEvent));
  }
}
