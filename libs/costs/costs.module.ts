import { Module } from '@nestjs/common';
import { CostsRepository } from './costs.repository.js';
import { CostsService } from './costs.service.js';

@Module({ providers: [CostsRepository, CostsService], exports: [CostsService] })
export class CostsModule {}
