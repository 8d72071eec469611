import { Module } from '@nestjs/common';
import { AnalyticsService } from './analytics.service.js';
import { CallFormsRepository } from './call-forms.repository.js';
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
    CallFormsRepository,
    AnalyticsService,
  ],
  exports: [AnalyticsService],
})
export class AnalyticsModule {}
