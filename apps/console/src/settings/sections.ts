import { type Access, RIGHTS } from '../session/rights.js';

export interface SettingsSection {
  path: string;
  label: string;
  access: Access;
}

/** Sections of the settings, with the rights that open them. */
export const SECTIONS: readonly SettingsSection[] = [
  { path: 'keys', label: 'Keys', access: RIGHTS.administration },
  { path: 'webhooks', label: 'Webhooks', access: RIGHTS.webhooks },
  { path: 'channels', label: 'Channels', access: RIGHTS.operate },
  { path: 'assistants', label: 'Assistants', access: RIGHTS.catalogue },
  { path: 'prices', label: 'Prices', access: { scopes: ['read', 'operate'], users: false } },
  { path: 'budgets', label: 'Budgets', access: { scopes: ['read', 'operate'], users: false } },
  {
    path: 'retention',
    label: 'Retention',
    access: { scopes: ['audit', 'operate', 'admin'], users: false },
  },
  { path: 'people', label: 'Personal data', access: { scopes: ['audit', 'admin'], users: false } },
];
