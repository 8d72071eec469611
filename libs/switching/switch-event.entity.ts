import { Column, Entity, PrimaryColumn, type ValueTransformer } from 'typeorm';
import type { SwitchAction, SwitchEvent, SwitchScope, SwitchType } from './switch.js';

/** PostgreSQL sends bigint as text; ours stay far below 2^53. */
const bigint: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : Number(value)),
  to: (value: number | null) => value,
};

@Entity('switch_events')
export class SwitchEventEntity implements SwitchEvent {
  @PrimaryColumn('uuid') id: string;
  @Column('text') scope: SwitchScope;
  @Column('text', { name: 'conversation_id', nullable: true }) conversationId: string | null;
  @Column('text', { name: 'use_case' }) useCase: string;
  @Column('bigint', { transformer: bigint }) seq: number;
  @Column('text', { name: 'user_id' }) userId: string;
  @Column('text') actor: string;
  @Column('text', { name: 'on_behalf_of', nullable: true }) onBehalfOf: string | null;
  @Column('text', { name: 'switch_action' }) action: SwitchAction;
  @Column('text', { name: 'switch_type' }) type: SwitchType;
  @Column('boolean', { name: 'first_assignment' }) firstAssignment: boolean;
  @Column('text', { name: 'previous_model_id' }) previousModelId: string;
  @Column('text', { name: 'new_model_id' }) newModelId: string;
  @Column('bigint', { name: 'previous_price_version', nullable: true, transformer: bigint })
  previousPriceVersion: number | null;
  @Column('bigint', { name: 'new_price_version', nullable: true, transformer: bigint })
  newPriceVersion: number | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('boolean', { name: 'notification_shown' }) notificationShown: boolean;
  @Column('text', { name: 'notification_title' }) notificationTitle: string;
  @Column('text', { name: 'notification_message' }) notificationMessage: string;
  @Column('text', { name: 'request_id' }) requestId: string;
  @Column('timestamptz', { name: 'occurred_at' }) occurredAt: Date;
}
