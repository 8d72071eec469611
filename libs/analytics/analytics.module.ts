import { Module } from '@nestjs/common';
import { AnalyticsService } from './analytics.service.js';
import { SwitchFiguresRepository } from './switch-figures.repository.js';
import { UsageFiguresRepository } from './usage-figures.repository.js';

@Module({
  providers: [UsageFiguresRepository, SwitchFiguresRepository, AnalyticsService],
  exports: [AnalyticsService],
})
export class AnalyticsModule {}
