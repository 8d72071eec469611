import { Module } from '@nestjs/common';
import { OutboxDoorbell } from './outbox-doorbell.js';
import { OutboxRepository } from './outbox.repository.js';

@Module({ providers: [OutboxRepository, OutboxDoorbell], exports: [OutboxRepository, OutboxDoorbell] })
export class OutboxModule {}
