import { ConfirmationElement, type ConfirmationOptions } from './confirmation-element.js';
import type { ModelSwitchNotification, SelectableModel } from './model-switch.js';
import { type ClosedBy, NotificationElement } from './notification-element.js';
import { SelectionElement, type SelectionOptions } from './selection-element.js';
import { stringsFor } from './strings.js';
import { ToastStackElement } from './toast-stack-element.js';

declare global {
  interface HTMLElementTagNameMap {
    'model-switch-notification': NotificationElement;
    'model-switch-dialog': SelectionElement;
    'model-switch-confirmation': ConfirmationElement;
    'model-switch-stack': ToastStackElement;
  }
}

const ELEMENTS = {
  'model-switch-notification': NotificationElement,
  'model-switch-dialog': SelectionElement,
  'model-switch-confirmation': ConfirmationElement,
  'model-switch-stack': ToastStackElement,
};
// A page may load this twice: the first stays.
for (const [name, element] of Object.entries(ELEMENTS))
  if (!customElements.get(name)) customElements.define(name, element);

export interface NotificationOptions extends ModelSwitchNotification {
  /** In ms; `Infinity`: until someone closes it. Default: 5000, longer for a long text. Stands still while it is hovered or focused. */
  displayDuration?: number;
  /** BCP 47; the page's language where it is missing. */
  lang?: string;
  /** `person`: someone closed it, which a page may report as acknowledged; `time`: it went by itself. */
  onClosed?: (by: ClosedBy) => void;
}

/**
 * Notifies the reader that another model answers. Takes the `notification` of an answer, or an item of the feed,
 * unchanged. Several stack, and F8 goes to the newest.
 *
 * @returns when it is shown; `onClosed` says when it is gone
 */
export async function showModelSwitchNotification(options: NotificationOptions): Promise<void> {
  requireText('showModelSwitchNotification', options, ['modelName']);
  if (options.silent) return;
  const { displayDuration, lang, onClosed, ...notification } = options;
  const card = make('model-switch-notification', lang);
  card.notification = notification;
  if (displayDuration !== undefined) card.duration = displayDuration;
  card.addEventListener('dismiss', (event) => onClosed?.((event as CustomEvent<ClosedBy>).detail));
  const stack = document.querySelector('model-switch-stack') ?? document.createElement('model-switch-stack');
  await stack.add(card);
}

/** @returns the chosen model as it was given; null: the reader keeps the current one */
export async function showModelSwitchDialog<T extends SelectableModel>(
  options: SelectionOptions<T>,
): Promise<T | null> {
  if (!Array.isArray(options?.availableModels))
    throw new TypeError('showModelSwitchDialog: availableModels must be an array of {id, name}');
  const dialog = make('model-switch-dialog', options.lang);
  dialog.options = options;
  return (await dialog.ask()) ? (options.availableModels[dialog.chosen] ?? null) : null;
}

/** @returns whether the reader agreed; Esc is a no */
export async function showModelSwitchConfirmation(options: ConfirmationOptions): Promise<boolean> {
  requireText('showModelSwitchConfirmation', options, ['fromModel', 'toModel']);
  const dialog = make('model-switch-confirmation', options.lang);
  dialog.options = options;
  return (await dialog.ask()) === 'yes';
}

/** @throws TypeError that names the option, for pages without types */
function requireText<Options extends object>(
  name: string,
  options: Options,
  fields: (keyof Options)[],
): void {
  for (const field of fields)
    if (typeof options?.[field] !== 'string')
      throw new TypeError(`${name}: ${String(field)} must be a string, and is ${typeof options?.[field]}`);
}

function make<Name extends keyof typeof ELEMENTS>(
  name: Name,
  lang = document.documentElement.lang,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  const { language, dir } = stringsFor(lang);
  Object.assign(element, { lang: language, dir });
  return element;
}
