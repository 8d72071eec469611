import { Module } from '@nestjs/common';
import { BreakersService } from './breakers.service.js';
import { SharedBreakers } from './shared-breakers.js';

@Module({ providers: [SharedBreakers, BreakersService], exports: [BreakersService] })
export class BreakersModule {}
