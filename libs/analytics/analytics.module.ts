import { Module } from '@nestjs/common';
import { AnalyticsService } from './analytics.service.js';
import { PreferencesRepository } from './preferences.repository.js';
import { SwitchFiguresRepository } from './switch-figures.repository.js';
import { UsageFiguresRepository } from './usage-figures.repository.js';
import { UserRanking } from './user-ranking.repository.js';

@Module({
  providers: [
    UserRanking,
    UsageFiguresRepository,
    SwitchFiguresRepository,
    PreferencesRepository,
    AnalyticsService,
  ],
  exports: [AnalyticsService],
})
export class AnalyticsModule {}
