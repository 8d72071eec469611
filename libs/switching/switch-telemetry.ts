import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/platform/errors/app-error.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { inSpan } from '#libs/platform/telemetry/spans.js';
import type { SwitchCommand } from './switch.js';
import type { AppliedSwitch } from './switch-request.js';

/** What Prometheus and a trace say of a switch. */
@Injectable()
export class SwitchTelemetry {
  private readonly switches;

  constructor(metrics: Metrics) {
    this.switches = metrics.counter({
      name: 'switches_total',
      help: 'Switches by kind and by what came of them: switched, unchanged, or the code of the error.',
      labels: ['kind', 'scope', 'outcome'],
    });
  }

  async observe(command: SwitchCommand, work: () => Promise<AppliedSwitch>): Promise<AppliedSwitch> {
    const { kind } = command;
    const scope = command.conversationId === undefined ? 'use_case' : 'conversation';
    const attributes = { 'switch.kind': kind, 'switch.scope': scope };
    try {
      const applied = await inSpan({ name: `switch ${kind}`, attributes }, work);
      this.switches.inc({ kind, scope, outcome: applied.event ? 'switched' : 'unchanged' });
      return applied;
    } catch (error) {
      this.switches.inc({ kind, scope, outcome: error instanceof AppError ? error.code : 'internal_error' });
      throw error;
    }
  }
}
