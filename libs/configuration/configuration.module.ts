import { Module } from '@nestjs/common';
import { BudgetsModule } from '#libs/budgets/budgets.module.js';
import { CatalogueModule } from '#libs/catalogue/catalogue.module.js';
import { ChangeControlModule } from '#libs/change-control/change-control.module.js';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { SwitchingModule } from '#libs/switching/switching.module.js';
import { ConfigurationService } from './configuration.service.js';

@Module({
  imports: [BudgetsModule, CatalogueModule, ChangeControlModule, NotificationsModule, SwitchingModule],
  providers: [ConfigurationService],
  exports: [ConfigurationService],
})
export class ConfigurationModule {}
