import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';

/** Describes a header that says whom a call is for, or how it is answered. */
export const ApiIdentity = (name: string, description: string, values?: string[]) =>
  ApiHeader({
    name,
    required: false,
    description,
    schema: values ? { type: 'string', enum: values } : { type: 'string', minLength: 1, maxLength: 128 },
  });

/** Describes the headers that every wire reads. */
export const ApiWireHeaders = () =>
  applyDecorators(
    ApiIdentity('x-conversation-id', 'Conversation of the call; absent: none, and none is made'),
    ApiIdentity(
      'x-user-id',
      'User on whose behalf a service key with the scope act-as calls; absent: the user of the key',
    ),
    ApiIdentity(
      'x-use-case',
      'Use case, for `auto` and for a model; absent: that of the conversation, else of the key',
    ),
    ApiIdentity(
      'x-orchestrator-fallback',
      'Lets another candidate answer for a model; absent: as the key says',
      ['same-use-case', 'none'],
    ),
  );
