/** `auto`: nobody chose, the service did. */
export type SwitchType = 'auto' | 'manual';
export type Direction = 'upgrade' | 'downgrade' | 'lateral';

/**
 * What `showModelSwitchNotification` takes: the `notification` of the service's answer, an item of its feed, or what the
 * page makes up itself.
 */
export interface ModelSwitchNotification {
  /** Shown as text, as is everything here. */
  modelName: string;
  /** Names the provider where `provider` does not. */
  modelId: string;
  type: SwitchType;
  title?: string;
  /** Shown as it is, unless a known `direction`, `from` and `to` allow an exact sentence in the reader's language. */
  message?: string;
  direction?: Direction | null;
  from?: string | null;
  to?: string | null;
  provider?: string | null;
  reason?: string | null;
  /** Of an item of the feed. Anything but `switch` is news of a model, and does not say that it answers now. */
  kind?: string;
  /** True: it is not for showing, and is not shown. */
  silent?: boolean;
}

/** A model to choose from. More fields are welcome: the choice is handed back as it was given. */
export interface SelectableModel {
  id: string;
  name: string;
  provider?: string | null;
  useCase?: string | null;
}

const GEOGRAPHY = /^(?:us-gov|us|eu|apac|global|jp|au|ca)\./;

/** As people write it: `eu.amazon.nova-pro-v1:0` and `amazon.nova-pro-v1:0` are of Amazon; of an ARN nobody can tell. */
export function providerOf(model: { modelId?: string; provider?: string | null }): string | undefined {
  const provider =
    model.provider || /^([a-z0-9]+)\.[^/]+$/.exec((model.modelId ?? '').replace(GEOGRAPHY, ''))?.[1];
  return provider && provider[0]!.toUpperCase() + provider.slice(1);
}

/** How it looks: green, blue, or neither. */
export function toneOf({ type, kind = 'switch' }: ModelSwitchNotification): SwitchType | 'news' {
  return kind === 'switch' ? type : 'news';
}

const DEFAULT_MS = 5_000;
const MAX_DEFAULT_MS = 20_000;
const READ_IN_DEFAULT = 160;
const MS_PER_CHARACTER = 40;

/** @returns ms that a notification of so many characters stays, unless the page says how long */
export const defaultDuration = (characters: number): number =>
  Math.min(MAX_DEFAULT_MS, DEFAULT_MS + Math.max(0, characters - READ_IN_DEFAULT) * MS_PER_CHARACTER);

/** A loss that nobody asked for is worth an interruption. */
export function isUrgent({ type, direction, kind }: ModelSwitchNotification): boolean {
  return kind === 'alert' || (type === 'auto' && direction === 'downgrade');
}
