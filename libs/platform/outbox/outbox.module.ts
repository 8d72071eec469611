import { Module } from '@nestjs/common';
import { OutboxRepository } from './outbox.repository.js';
import { OutboxDoorbell } from './outbox-doorbell.js';

@Module({ providers: [OutboxRepository, OutboxDoorbell], exports: [OutboxRepository, OutboxDoorbell] })
export class OutboxModule {}
