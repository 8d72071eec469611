import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CostImpact } from '#libs/costs/cost-impact.js';
import type { SwitchAction, SwitchScope, SwitchType } from './switch.js';

/** A row of the document's table. Inserted once, never changed: the application has no right to. */
@Entity('bedrock_model_switches')
export class AuditRowEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'user_id' }) userId: string;
  @Column('text', { name: 'conversation_id', nullable: true }) conversationId: string | null;
  @Column('text', { name: 'previous_model_id' }) previousModelId: string;
  @Column('text', { name: 'new_model_id' }) newModelId: string;
  @Column('text', { name: 'switch_action' }) action: SwitchAction;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('boolean', { name: 'notification_shown' }) notificationShown: boolean;
  @Column('text', { name: 'notification_title' }) notificationTitle: string;
  @Column('text', { name: 'notification_message' }) notificationMessage: string;
  @Column('text', { name: 'switch_type' }) type: SwitchType;
  @Column('timestamptz', { name: 'timestamp' }) occurredAt: Date;
  @Column('numeric', { name: 'cost_impact_estimated', precision: 18, scale: 6, nullable: true })
  costImpactEstimated: string | null;
  @Column('text') scope: SwitchScope;
  @Column('text', { name: 'use_case' }) useCase: string;
  @Column('bigint') seq: number;
  @Column('text') actor: string;
  @Column('text', { name: 'on_behalf_of', nullable: true }) onBehalfOf: string | null;
  @Column('bigint', { name: 'previous_price_version', nullable: true }) previousPriceVersion: number | null;
  @Column('bigint', { name: 'new_price_version', nullable: true }) newPriceVersion: number | null;
  @Column('text', { name: 'request_id' }) requestId: string;
  @Column('text', { name: 'cost_impact_horizon' }) costImpactHorizon: string;
  @Column('jsonb', { name: 'cost_impact_assumption' }) costImpactAssumption: CostImpact['assumption'];
}
