import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Guardrail, Objective, UseCase } from './catalogue.js';

/** The columns of `use_cases` that belong to the operator. */
@Entity('use_cases')
export class UseCaseEntity {
  @PrimaryColumn('text') name: string;
  @Column('text') objective: Objective;
  @Column('text', { name: 'active_model_id' }) activeModelId: string;
  @Column('integer', { name: 'input_tokens_per_exchange' }) inputTokensPerExchange: number;
  @Column('integer', { name: 'output_tokens_per_exchange' }) outputTokensPerExchange: number;
  @Column('integer', { name: 'exchanges_per_conversation' }) exchangesPerConversation: number;
  @Column('bigint', { name: 'exchanges_per_30_days' }) exchangesPer30Days: number;
  @Column('text', { name: 'allowed_regions', array: true, nullable: true }) allowedRegions: string[] | null;
  @Column('jsonb', { nullable: true }) guardrail: Guardrail | null;
  @Column('text') clients: UseCase['clients'];
  @Column('text', { name: 'system_prompt', nullable: true }) systemPrompt: string | null;
  @Column('text', { name: 'on_model_failure' }) onModelFailure: 'switch' | 'alert';
  @Column('text', { name: 'on_model_recovery' }) onModelRecovery: 'manual' | 'auto';
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
