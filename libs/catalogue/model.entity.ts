import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Capabilities } from './capabilities.js';
import type { PriceDimensions } from './price-dimensions.js';

/** The columns of `bedrock_models` that belong to the operator. */
@Entity('bedrock_models')
export class ModelEntity {
  @PrimaryColumn('text', { name: 'model_id' }) id: string;
  @Column('text', { name: 'foundation_model_id' }) foundationModelId: string;
  @Column('text') name: string;
  @Column('text') provider: string;
  @Column('text', { name: 'use_case', nullable: true }) useCase: string | null;
  @Column('integer', { name: 'max_tokens', nullable: true }) maxTokens: number | null;
  @Column('integer', { name: 'context_window', nullable: true }) contextWindow: number | null;
  @Column('integer', { nullable: true }) tier: number | null;
  @Column('text', { name: 'invoke_with', nullable: true }) invokeWith: string | null;
  @Column('text', { name: 'destination_regions', array: true, nullable: true }) destinationRegions:
    | string[]
    | null;
  @Column('text', { name: 'successor_model_id', nullable: true }) successorId: string | null;
  @Column('jsonb') capabilities: Capabilities;
  @Column('numeric', { name: 'input_price_per_1k', precision: 18, scale: 12, nullable: true })
  inputPricePer1k: string | null;
  @Column('numeric', { name: 'output_price_per_1k', precision: 18, scale: 12, nullable: true })
  outputPricePer1k: string | null;
  @Column('numeric', { name: 'cache_read_price_per_1k', precision: 18, scale: 12, nullable: true })
  cacheReadPricePer1k: string | null;
  @Column('numeric', { name: 'cache_write_price_per_1k', precision: 18, scale: 12, nullable: true })
  cacheWritePricePer1k: string | null;
  @Column('jsonb', { name: 'price_dimensions' }) priceDimensions: PriceDimensions;
  @Column('numeric', { name: 'token_factor', precision: 6, scale: 3, nullable: true })
  tokenFactor: number | null;
  @Column('text', { name: 'price_source', nullable: true }) priceSource: string | null;
  @Column('boolean', { name: 'is_available' }) available: boolean;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
