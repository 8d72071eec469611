import { InvalidArgumentError } from 'commander';
import { openChat } from './api-streams.js';
import { answerText, closingText, notificationText, restartText } from './chat-output.js';
import { type ChatEvent, chatEvents } from './chat-stream.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Cli, examples, nonEmpty } from './command-help.js';
import { stripControlChars } from './output.js';
import { type CliContext, showRefusal } from './run-command.js';
import { createdText } from './switch-output.js';

interface ChatOptions {
  readonly message?: string;
  readonly conversation?: string;
  readonly useCase?: string;
  readonly assistant?: string;
  readonly user?: string;
  readonly system?: string;
  readonly maxTokens?: number;
  readonly silent?: true;
  readonly mustExist?: true;
}

type Message = { role: 'user' | 'assistant'; content: string };
type Done = Extract<ChatEvent, { event: 'done' }>['data'];

export function addChatCommand({ program, stream }: Cli): void {
  const command = program
    .command('chat')
    .description(
      'ask the model of a conversation; without --message line by line, until the end of the input',
    )
    .option('-m, --message <text>', 'ask this and leave', nonEmpty)
    .option('--conversation <id>', 'continue this conversation instead of a new one', nonEmpty)
    .option('--use-case <name>', 'the use case; moves a conversation of another one', nonEmpty)
    .option('--assistant <id>', 'the assistant, which stands for its use case', nonEmpty)
    .option('--user <id>', 'the user you act for (needs the scope act-as)', nonEmpty)
    .option('--system <text>', 'instructions to the model', nonEmpty)
    .option('--max-tokens <n>', 'limit of an answer', wholeNumber)
    .option('--silent', 'do not notify the user of a switch')
    .option('--must-exist', 'refuse a conversation that does not exist, which else is created')
    .action((options: ChatOptions) => stream((context) => new Conversation(options, context).hold()));
  examples(
    command,
    '--use-case clinical',
    '--message "What is a fever?" --conversation conv-123 --user user-456',
  );
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(value);
}

/** A talk from its first question to its last. The service keeps no text, so that the history is here. */
class Conversation {
  private readonly history: Message[] = [];
  private id: string | undefined;

  constructor(
    private readonly options: ChatOptions,
    private readonly context: CliContext,
  ) {
    this.id = options.conversation;
  }

  /** @returns the exit code: that of the last question */
  async hold(): Promise<number> {
    const { message } = this.options;
    if (message !== undefined) return this.ask(message);
    let exitCode: number = EXIT.ok;
    this.prompt();
    for await (const line of this.context.lines) {
      if (line.trim() !== '') exitCode = await this.ask(line);
      this.prompt();
    }
    return exitCode;
  }

  private prompt(): void {
    if (this.context.output.columns !== undefined && !this.context.isData) this.context.output.write('> ');
  }

  private async ask(content: string): Promise<number> {
    const messages = [...this.history, { role: 'user' as const, content }];
    const { conversation: _, message: __, ...options } = this.options;
    const opened = await openChat(this.context.client, {
      conversationId: this.id,
      useCase: options.useCase,
      assistantId: options.assistant,
      userId: options.user,
      system: options.system,
      maxTokens: options.maxTokens,
      showNotification: options.silent ? false : undefined,
      mustExist: this.options.mustExist,
      messages,
      stream: true,
    });
    if (!('stream' in opened)) return showRefusal(opened, this.context);
    const done = await this.follow(chatEvents(opened.stream));
    if (!done) return EXIT.refused;
    this.id = done.conversationId;
    this.history.push({ role: 'user', content }, done.message);
    return EXIT.ok;
  }

  /** @returns the whole answer; undefined: there was none, and why is said. @throws CliFailure when it breaks off */
  private async follow(events: AsyncIterable<ChatEvent>): Promise<Done | undefined> {
    try {
      for await (const event of events) {
        if (event.event === 'done') return this.finish(event.data);
        if (event.event === 'error') return void showRefusal(asRefusal(event.data), this.context);
        if (!this.context.isData) this.context.output.write(textOf(event));
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    throw new CliFailure(
      'The connection was lost before the answer was complete: ask again.',
      EXIT.unreachable,
    );
  }

  private finish(done: Done): Done {
    const { output, isData } = this.context;
    output.out(isData ? JSON.stringify(done) : `\n${closingText(done)}`);
    // A conversation without an id of the caller's is new by intent.
    if (done.created && this.options.conversation)
      output.err(createdText(stripControlChars(done.conversationId)));
    return done;
  }
}

function textOf(event: Exclude<ChatEvent, { event: 'done' | 'error' }>): string {
  if (event.event === 'delta') return answerText(event.data.text);
  return event.event === 'model' ? notificationText(event.data) : restartText(event.data);
}

const asRefusal = (problem: { status: number }) => ({
  error: problem,
  response: new Response(null, { status: problem.status }),
});
