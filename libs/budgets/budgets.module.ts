import { Module } from '@nestjs/common';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { BudgetWarnings } from './budget-warnings.service.js';
import { BudgetsRepository } from './budgets.repository.js';
import { BudgetsService } from './budgets.service.js';

@Module({
  imports: [NotificationsModule],
  providers: [BudgetsRepository, BudgetsService, BudgetWarnings],
  exports: [BudgetsService, BudgetWarnings],
})
export class BudgetsModule {}
