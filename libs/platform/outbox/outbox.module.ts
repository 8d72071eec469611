import { Module } from '@nestjs/common';
import { OutboxService } from './outbox.service.js';
import { OutboxSignal } from './outbox-signal.js';

@Module({ providers: [OutboxService, OutboxSignal], exports: [OutboxService, OutboxSignal] })
export class OutboxModule {}
