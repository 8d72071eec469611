import { Module } from '@nestjs/common';
import { OutboxService } from './outbox.service.js';
import { OutboxDoorbell } from './outbox-doorbell.js';

@Module({ providers: [OutboxService, OutboxDoorbell], exports: [OutboxService, OutboxDoorbell] })
export class OutboxModule {}
