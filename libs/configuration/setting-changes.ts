import type { BudgetSettings } from '#libs/budgets/budget.js';
import type { SettingChanges } from '#libs/catalogue/catalogue-settings.js';
import type { WebhookSettings } from '#libs/notifications/webhooks/webhook.js';
import { type ConfigurationFile, type Difference, type Section, settingKey } from './configuration.js';

/** Switch of a use case that a file asks for. */
export interface WantedSwitch {
  useCase: string;
  modelId: string;
  path: string;
}

/** Setting to write as a whole, with its place in the file. */
interface Placed<Setting> {
  path: string;
  to: Setting;
}

/** Plan of an apply. */
export interface ApplyPlan {
  changes: SettingChanges;
  switches: WantedSwitch[];
  budgets: Placed<BudgetSettings>[];
  /** New webhooks. */
  webhooks: Placed<WebhookSettings>[];
  applied: Difference[];
  /** Differences that stay: an apply deletes nothing, and switches only with `switchModels`. */
  kept: Difference[];
}

/** Only a switch changes the active model of a use case that exists. */
export const isSwitch = ({ field }: Difference) => field === 'activeModelId';

/** Plans which differences an apply removes. */
export function planApply(
  file: ConfigurationFile,
  differences: readonly Difference[],
  { switchModels }: { switchModels: boolean },
): ApplyPlan {
  const stays = (difference: Difference) =>
    difference.kind === 'extra' ||
    (isSwitch(difference) && !switchModels) ||
    // Another price in effect replaces it; without one there is no price to fall back to.
    (difference.section === 'prices' && difference.field === 'inEffect' && difference.file === false);
  const applied = differences.filter((difference) => !stays(difference));
  const written = applied.filter((difference) => !isSwitch(difference));
  return {
    changes: {
      models: changesOf('models', file, written),
      useCases: changesOf('useCases', file, written),
      assistants: changesOf('assistants', file, written),
      prices: wholeSettings('prices', file, written),
    } as SettingChanges,
    switches: applied
      .filter(isSwitch)
      .map(({ id, file: modelId, path }) => ({ useCase: id, modelId: modelId as string, path: path! })),
    budgets: wholeSettings('budgets', file, written) as Placed<BudgetSettings>[],
    webhooks: wholeSettings('webhooks', file, written) as Placed<WebhookSettings>[],
    applied,
    kept: differences.filter(stays),
  };
}

/** Settings of a section that differ: their key and the fields that do. */
function changesOf(section: Section, file: ConfigurationFile, differences: readonly Difference[]) {
  return wholeSettings(section, file, differences).map(({ to, ...change }) => {
    if (change.isNew) return { ...change, to };
    const fields = differences.filter((each) => each.section === section && each.id === change.id);
    return {
      ...change,
      to: {
        ...keyOf(section, change.id),
        ...Object.fromEntries(fields.map(({ field, file }) => [field, file])),
      },
    };
  });
}

function wholeSettings(section: Section, file: ConfigurationFile, differences: readonly Difference[]) {
  const kinds = new Map(
    differences.filter((each) => each.section === section).map(({ id, kind }) => [id, kind]),
  );
  return (file[section] ?? []).flatMap((setting: object, index) => {
    const id = settingKey(section, setting);
    const kind = kinds.get(id);
    return kind ? [{ id, isNew: kind === 'missing', path: `${section}.${index}`, to: setting }] : [];
  });
}

const keyOf = (section: Section, id: string) => (section === 'useCases' ? { name: id } : { id });
