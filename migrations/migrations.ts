import { CreateCatalogue1764000000000 } from './1764000000000-create-catalogue.js';
import { CreateConversations1764000001000 } from './1764000001000-create-conversations.js';
import { CreateSwitches1764000002000 } from './1764000002000-create-switches.js';
import { CreateSwitchViews1764000003000 } from './1764000003000-create-switch-views.js';
import { CreateServiceKeys1764000004000 } from './1764000004000-create-service-keys.js';
import { RecordCatalogueChanges1764100000000 } from './1764100000000-record-catalogue-changes.js';
import { CreateValidations1764100001000 } from './1764100001000-create-validations.js';
import { KeepPriceQuotes1764100002000 } from './1764100002000-keep-price-quotes.js';

/** Every migration, oldest first. A process refuses to boot while one of them is pending. */
export const MIGRATIONS = [
  CreateCatalogue1764000000000,
  CreateConversations1764000001000,
  CreateSwitches1764000002000,
  CreateSwitchViews1764000003000,
  CreateServiceKeys1764000004000,
  RecordCatalogueChanges1764100000000,
  CreateValidations1764100001000,
  KeepPriceQuotes1764100002000,
];
