import { expect, it } from 'vitest';
import { ChatRequest, toChat } from './chat.schemas.js';

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });
const messagesOf = (...messages: object[]) => toChat(ChatRequest.parse({ messages })).messages;

it('merges messages of one role in a row: a question that was not answered is asked again', () => {
  expect(
    messagesOf(user('Is it'), user('the flu?'), assistant('No.'), assistant('Rest.'), user('Thanks')),
  ).toEqual([
    { role: 'user', text: 'Is it\n\nthe flu?' },
    { role: 'assistant', text: 'No.\n\nRest.' },
    { role: 'user', text: 'Thanks' },
  ]);
});

it.each([
  ['begin with the assistant', [assistant('Hi'), user('Hi')], ['messages', 0, 'role']],
  ['end with the assistant', [user('Hi'), assistant('Hi')], ['messages']],
])('refuses messages that %s', (_, messages, path) => {
  expect(ChatRequest.safeParse({ messages }).error?.issues).toMatchObject([{ path }]);
});
