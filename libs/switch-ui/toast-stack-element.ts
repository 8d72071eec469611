import { css, html, LitElement } from 'lit';
import { isUrgent } from './model-switch.js';
import type { NotificationElement } from './notification-element.js';
import { stringsFor } from './strings.js';

/** Screen readers announce what is added to a region that they know already. */
const REGION_KNOWN_AFTER_MS = 100;
const MODALS = 'dialog:modal, model-switch-dialog, model-switch-confirmation';

/**
 * Contains all notifications, above everything else on the page. It moves into the modal dialog that is open, because
 * the page around a modal dialog is inert: it gets no focus, and screen readers skip it.
 */
export class ToastStackElement extends LitElement {
  static override readonly styles = css`
    :host {
      position: fixed;
      inset-block: auto 0;
      inset-inline: auto 0;
      box-sizing: border-box;
      inline-size: min(28rem, 100vw);
      max-block-size: 100dvh;
      margin: 0;
      padding: 0;
      border: 0;
      background: transparent;
      overflow: auto;
      pointer-events: none; /* what is between and beside the notifications is the page's */
    }
    /* A dialog has its buttons at the bottom. */
    :host([over-dialog]) {
      inset-block: 0 auto;
    }
    div {
      display: grid;
      gap: 0.75rem;
    }
    div > * {
      pointer-events: auto;
    }
    div:not(:empty) {
      padding: 1rem;
    }
  `;

  readonly #known = new Promise((resolve) => setTimeout(resolve, REGION_KNOWN_AFTER_MS));
  #hovered = false;
  #returnTo: HTMLElement | null = null;

  constructor() {
    super();
    this.addEventListener('pointerenter', () => this.#setHovered(true));
    this.addEventListener('pointerleave', () => this.#setHovered(false));
    this.addEventListener('focusin', ({ relatedTarget }) => {
      this.#returnTo = relatedTarget as HTMLElement | null;
      this.#holdOrRun();
    });
    this.addEventListener('focusout', this.#holdOrRun);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'manual';
    this.role = 'region';
    this.setAttribute('aria-keyshortcuts', 'F8');
    document.addEventListener('keydown', this.#goTo);
    document.addEventListener('visibilitychange', this.#holdOrRun);
    document.addEventListener('toggle', this.#followDialogs, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#goTo);
    document.removeEventListener('visibilitychange', this.#holdOrRun);
    document.removeEventListener('toggle', this.#followDialogs, true);
    queueMicrotask(() => this.isConnected || this.#followDialogs());
  }

  /** Resolves when the notification is on the page. */
  async add(card: NotificationElement): Promise<void> {
    this.#followDialogs();
    await Promise.all([this.updateComplete, this.#known]);
    this.ariaLabel = stringsFor(card.lang).notifications;
    card.addEventListener('dismiss', () => this.#remove(card));
    this.renderRoot
      .querySelector(isUrgent(card.notification) ? '[role=alert]' : '[role=status]')!
      .append(card);
    await card.updateComplete;
    this.#holdOrRun();
  }

  protected override render(): unknown {
    return html`<div role="alert" aria-atomic="false"></div><div role="status" aria-atomic="false"></div>`;
  }

  get #cards(): NotificationElement[] {
    return [...this.renderRoot.querySelectorAll('model-switch-notification')];
  }

  /** Focuses the next notification after a close by keyboard, and the element before after a click. */
  #remove(card: NotificationElement): void {
    const cards = this.#cards;
    const position = cards.indexOf(card);
    const focused = card.shadowRoot!.activeElement;
    const neighbour = focused?.matches(':focus-visible')
      ? (cards[position + 1] ?? cards[position - 1])
      : null;
    const returnTo = this.#returnTo;
    card.remove();
    if (focused) (neighbour ?? returnTo)?.focus();
    this.#returnTo = returnTo;
    this.#holdOrRun();
  }

  #setHovered(hovered: boolean): void {
    this.#hovered = hovered;
    this.#holdOrRun();
  }

  /** The time of those that there is no room for begins when they come into view. */
  #holdOrRun = (): void => {
    const held = this.#hovered || this.shadowRoot?.activeElement != null || document.hidden;
    const { bottom } = this.getBoundingClientRect();
    for (const [position, card] of this.#cards.entries()) {
      const hasRoom = position === 0 || card.getBoundingClientRect().bottom <= bottom;
      card.hold(held || !hasRoom);
    }
  };

  #goTo = (event: KeyboardEvent): void => {
    const newest = this.#cards.at(-1);
    if (event.key !== 'F8' || !newest) return;
    event.preventDefault();
    newest.focus();
  };

  #followDialogs = (): void => {
    const home = [...document.querySelectorAll(MODALS)].at(-1) ?? document.body;
    this.toggleAttribute('over-dialog', home !== document.body);
    if (this.parentNode !== home) home.append(this);
    if (!this.matches(':popover-open')) this.showPopover();
  };
}
