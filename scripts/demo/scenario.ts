import type { Message } from '@aws-sdk/client-bedrock-runtime';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import type { Conversation, DemoService } from './demo-service.js';

type Report = (line: string) => void;

interface Pace {
  /** Pause between two steps. */
  pauseMs: number;
  /** Number of rounds; without it, it runs until the service's signal. */
  rounds?: number;
}

interface Person extends Conversation {
  questions: string[];
}

const person = (name: string, useCase: string, ...questions: string[]): Person => ({
  id: `demo-${name}`,
  userId: `demo-${name}`,
  useCase,
  questions,
});

const ANNA = person('anna', 'clinical', 'What helps against a cold?', 'And against the cough?');
const PEOPLE = [
  ANNA,
  person('ben', 'clinical', 'May I take ibuprofen with this?', 'For how many days?'),
  person('clara', 'health', 'How much should I drink a day?', 'And when I run?'),
  person('david', 'health', 'Is walking enough?', 'How long should it be?'),
  person('eva', 'operations', 'Which rooms are free tomorrow?', 'And on Friday?'),
];

/** Fault of a round, and its description. */
const FAULTS: { useCase: string; description: string; fault: FaultInput }[] = [
  { useCase: 'clinical', description: 'is throttled', fault: { kind: 'error', name: 'ThrottlingException' } },
  { useCase: 'health', description: 'hangs up on everybody', fault: { kind: 'cut' } },
  {
    useCase: 'operations',
    description: 'is out of service',
    fault: { kind: 'error', name: 'ServiceUnavailableException' },
  },
];

/** Has the name of the tool, at which the emulated models ask for it. */
const TOOL_QUESTION = 'Use find_rooms: which rooms are free tomorrow?';

/** Five failures open a breaker. */
const MAX_QUESTIONS = 6;
/** A cool-down, the breaker's probe and the worker's job take ten seconds each, with a reserve. */
const RECOVERY_TIMEOUT_MS = 90_000;

/** Runs rounds in which people chat, operators switch, and a model fails and recovers. */
export async function liveOn(service: DemoService, report: Report, pace: Pace): Promise<void> {
  for (let round = 1; round <= (pace.rounds ?? Number.POSITIVE_INFINITY); round += 1) {
    try {
      await new Round(service, report, { ...pace, round }).play();
    } catch (error) {
      if (service.signal.aborted) return;
      if (pace.rounds) throw error;
      report(`⚠️  ${(error as Error).message}`);
      await service.pause(3_000).catch(() => undefined);
    }
  }
}

class Round {
  constructor(
    private readonly service: DemoService,
    private readonly report: Report,
    private readonly now: Pace & { round: number },
  ) {}

  async play(): Promise<void> {
    this.report('');
    this.report(`── Round ${this.now.round} ──`);
    await this.everybodyAsks();
    await this.somebodySwitches();
    await this.anOperatorSwitches();
    await this.aToolClientIsMoved();
    await this.aModelFails();
  }

  private async everybodyAsks(): Promise<void> {
    this.report(`${PEOPLE.length} people ask their assistants`);
    for (const each of PEOPLE) await this.asks(each);
  }

  /** Chats in a conversation. In the first round it joins its use case. */
  private async asks(each: Person): Promise<void> {
    const question = each.questions[(this.now.round - 1) % each.questions.length]!;
    const { model, attempts, notification } = await this.service.chat(each, this.now.round === 1, question);
    const failed = attempts.filter(({ outcome }) => outcome === 'failed');
    const why = failed.map(({ errorKind }) => errorKind).join(', then ');
    const answered = `${each.userId} (${each.useCase}) is answered by ${model.name}`;
    this.report(failed.length > 0 ? `  ↪ ${answered} instead: ${why}` : `  ${answered}`);
    if (notification)
      this.report(`    🔔 ${notification.direction}: ${notification.from} → ${notification.to}`);
    await this.beat();
  }

  /** Alternates between a manual pin and the use case's own model. */
  private async somebodySwitches(): Promise<void> {
    const { id: conversationId, userId, useCase } = PEOPLE[1]!;
    const scope = { conversationId, userId };
    if (this.now.round % 2 === 0) {
      const { from, to } = await this.service.act({ action: 'auto-switch', useCase, ...scope });
      return this.told(`${userId} follows ${useCase} again: ${from} → ${to}`);
    }
    const modelId = await this.other(useCase, (await this.service.modelOf(PEOPLE[1]!)).id);
    const reason = 'A second opinion';
    const { from, to } = await this.service.act({ action: 'switch', modelId, reason, ...scope });
    await this.told(`${userId} switches by hand: ${from} → ${to} (${reason})`);
  }

  private async anOperatorSwitches(): Promise<void> {
    const { from, to } = await this.switchUseCase('health', 'Tried on everybody');
    await this.told(`an operator switches health for all that follow it: ${from} → ${to}`);
  }

  /** Switches to another candidate than the active model. */
  private async switchUseCase(useCase: string, reason: string): Promise<{ from: string; to: string }> {
    const active = (await this.service.candidates(useCase)).find((model) => model.active);
    const modelId = await this.other(useCase, active?.id);
    return this.service.act({ action: 'switch', modelId, useCase, reason });
  }

  /** Switches a use case while a client runs the tool that its model asked for. */
  private async aToolClientIsMoved(): Promise<void> {
    const useCase = 'operations';
    const client = this.service.toolClient;
    const question: Message = { role: 'user', content: [{ text: TOOL_QUESTION }] };
    this.report(
      `a client of the AWS SDK calls "${useCase}" with a tool; x-orchestrator-model names who answers`,
    );
    const { message, modelId, toolCall } = await client.ask(useCase, [question]);
    if (!toolCall) throw new Error(`${modelId} asked for no tool`);
    await this.told(`  🔧 ${modelId} asks for ${toolCall.name}`);
    const { from, to } = await this.switchUseCase(useCase, 'Moved while a tool runs');
    await this.told(`  an operator switches ${useCase} meanwhile: ${from} → ${to}`);
    const toolResult = { toolUseId: toolCall.id, content: [{ text: 'rooms 3 and 7' }] };
    const result: Message = { role: 'user', content: [{ toolResult }] };
    const answer = await client.ask(useCase, [question, message, result]);
    await this.told(`  ↪ ${answer.modelId} continues with the result of the tool: “${answer.text}”`);
  }

  private async aModelFails(): Promise<void> {
    const { useCase, description, fault } = FAULTS[(this.now.round - 1) % FAULTS.length]!;
    const concerned = PEOPLE.filter((each) => each.useCase === useCase);
    const model = await this.service.modelOf(concerned[0]!);
    await this.service.break({ ...fault, modelId: model.id, plane: 'runtime' });
    this.report(`⚡ ${model.name} ${description} from now on; answers in ${useCase} continue without it`);
    try {
      await this.goOnWithout(model, concerned);
    } finally {
      await this.service.break().catch(() => undefined);
    }
    this.report(`💚 ${model.name} is well again; conversations come back when it has proved that`);
    await this.isBack(concerned[0]!, model);
  }

  /**
   * Chats until the breaker opens. Another model answers immediately after each failure, and conversations are switched
   * when the breaker is open.
   */
  private async goOnWithout(model: { id: string; name: string }, concerned: Person[]): Promise<void> {
    for (let times = 0; times < MAX_QUESTIONS; times += 1) {
      for (const each of concerned) await this.asks(each);
      if ((await this.service.modelOf(concerned[0]!)).id !== model.id) return;
    }
  }

  private async isBack(conversation: Conversation, model: { id: string; name: string }): Promise<void> {
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 1000);
    while ((await this.service.modelOf(conversation)).id !== model.id) {
      if (seconds() * 1000 > RECOVERY_TIMEOUT_MS)
        return this.report(`${conversation.userId} is not back on ${model.name} after ${seconds()} s`);
      await this.service.pause(Math.min(1_000, this.now.pauseMs));
    }
    await this.told(`${conversation.userId} is back on ${model.name} after ${seconds()} s`);
  }

  /** Returns another candidate. */
  private async other(useCase: string, modelId: string | undefined): Promise<string> {
    const candidates = await this.service.candidates(useCase);
    return (candidates.find(({ id }) => id !== modelId) ?? candidates[0]!).id;
  }

  private async told(line: string): Promise<void> {
    this.report(line);
    await this.beat();
  }

  private beat(): Promise<void> {
    return this.service.pause(this.now.pauseMs);
  }
}
