import type { BudgetSettings } from '#libs/budgets/budget.js';
import { type CatalogueSettings, priceKey, type SettingAuthor } from '#libs/catalogue/catalogue-settings.js';
import type { WebhookSettings } from '#libs/notifications/webhooks/webhook.js';

/** All settings of an installation that a file can carry. */
export interface Configuration extends CatalogueSettings {
  /** Of all calls and of use cases. */
  budgets: BudgetSettings[];
  webhooks: WebhookSettings[];
}

export type Section = keyof Configuration;
export const SECTIONS = [
  'models',
  'useCases',
  'assistants',
  'prices',
  'budgets',
  'webhooks',
] as const satisfies Section[];

/** Field that identifies a setting of a section. */
type Key = {
  models: 'id';
  useCases: 'name';
  assistants: 'id';
  prices: never;
  budgets: never;
  webhooks: never;
};

/**
 * Content of a file. It manages only what it has: an absent section, setting or field stays as it is. Prices, budgets and
 * webhooks are always complete.
 */
export type ConfigurationFile = {
  [S in Section]?: (S extends 'prices' | 'budgets' | 'webhooks'
    ? Configuration[S][number]
    : Partial<Configuration[S][number]> &
        Pick<Configuration[S][number], Key[S] & keyof Configuration[S][number]>)[];
};

const KEYS: { [S in Section]: (setting: never) => string } = {
  models: ({ id }: { id: string }) => id,
  useCases: ({ name }: { name: string }) => name,
  assistants: ({ id }: { id: string }) => id,
  prices: priceKey,
  budgets: ({ useCase, period }: BudgetSettings) => `${useCase ?? 'all calls'} ${period}`,
  webhooks: ({ owner, feed, url }: WebhookSettings) => `${owner} ${feed} ${url}`,
};

/** Returns the name of a setting, unique in its section. */
export const settingKey = (section: Section, setting: object): string => KEYS[section](setting as never);

/** Difference between a file and the installation. */
export interface Difference {
  section: Section;
  id: string;
  /** `missing`: only in the file. `extra`: only in the installation. `changed`: in both, with another value of `field`. */
  kind: 'missing' | 'extra' | 'changed';
  field: string | null;
  /** Value in the file; of a whole setting if it is missing. */
  file: unknown;
  /** Value in the installation; of a whole setting if it is extra. */
  installed: unknown;
  /** Place in the file, e.g. `useCases.2.objective`; null: it is not in the file. */
  path: string | null;
}

/** Difference with the last change of the value in the installation; null: nobody changed it since the installation. */
export type AttributedDifference = Difference & { author: SettingAuthor | null };
