import { css, html, LitElement } from 'lit';
import { interpolate } from './interpolate.js';
import {
  defaultDuration,
  isUrgent,
  type ModelSwitchNotification,
  providerOf,
  toneOf,
} from './model-switch.js';
import { type Strings, stringsFor, textOf, titleOf } from './strings.js';
import { buttonStyles } from './styles.js';

export type ClosedBy = 'person' | 'time';

const CROSS = html`<svg viewBox="0 0 16 16" width="16" aria-hidden="true">
  <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="2" />
</svg>`;

/**
 * One notification: green where nobody chose, blue where somebody did, grey where nothing was switched. Ends with a
 * `dismiss` event, whose detail says by what; the stack that holds it removes it.
 */
export class NotificationElement extends LitElement {
  static override readonly properties = { notification: { attribute: false } };
  /** `focus()` goes to its button. */
  static override readonly shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override readonly styles = [
    buttonStyles,
    css`
      :host {
        display: flex;
        gap: 0.75rem;
        padding: 0.75rem 0.75rem 0.75rem 1rem;
        border: 1px solid transparent; /* forced colours show it */
        border-radius: 0.5rem;
        box-shadow: 0 4px 12px rgb(0 0 0 / 0.35);
        background: light-dark(#1d4ed8, #1e3a8a);
        color: light-dark(#ffffff, #dbeafe);
        font: 1rem / 1.4 system-ui, sans-serif;
        overflow-wrap: anywhere;
      }
      :host([tone='auto']) {
        background: light-dark(#166534, #14532d);
        color: light-dark(#ffffff, #dcfce7);
      }
      :host([tone='news']) {
        background: #374151;
        color: light-dark(#ffffff, #f3f4f6);
      }
      div {
        flex: 1;
      }
      p {
        display: -webkit-box;
        margin: 0;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
      }
      :host(:hover) p,
      :host(:focus-within) p {
        display: block;
      }
      .title {
        font-weight: 600;
      }
      button {
        align-self: start;
        inline-size: 2.5rem;
        padding: 0;
        border-color: transparent;
      }
      @media (prefers-reduced-motion: no-preference) {
        :host {
          animation: arrive 0.2s ease-out;
        }
        @keyframes arrive {
          from {
            opacity: 0;
            translate: 0 1rem;
          }
        }
      }
    `,
  ];

  declare notification: ModelSwitchNotification;
  /** In ms; `Infinity`: until someone closes it. Unset: by the length of the text. */
  duration: number | undefined;
  /** An empty animation: a clock of the browser that can be paused and resumed. */
  #life: Animation | undefined;

  constructor() {
    super();
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault(); // a dialog around it stays open
      this.#dismiss('person');
    });
  }

  /** Its time stands still while somebody looks at it. */
  hold(held: boolean): void {
    if (held) this.#life?.pause();
    else this.#life?.play();
  }

  protected override willUpdate(): void {
    this.setAttribute('tone', toneOf(this.notification));
  }

  protected override firstUpdated(): void {
    const { length } = this.renderRoot.querySelector('div')!.textContent;
    this.#life = this.animate([], { duration: this.duration ?? defaultDuration(length), id: 'life' });
    this.#life.onfinish = () => this.#dismiss('time');
  }

  protected override render(): unknown {
    const { notification } = this;
    const strings = stringsFor(this.lang);
    const title = titleOf(notification, strings);
    return html`
      <span aria-hidden="true">${iconOf(notification)}</span>
      <div>
        <p class="title">${title}</p>
        ${linesOf(notification, strings).map((line) => html`<p>${line}</p>`)}
      </div>
      <button type="button" aria-label=${`${strings.close}: ${title}`} @click=${() => this.#dismiss('person')}>
        ${CROSS}
      </button>
    `;
  }

  #dismiss(by: ClosedBy): void {
    this.dispatchEvent(new CustomEvent<ClosedBy>('dismiss', { detail: by }));
  }
}

function iconOf(notification: ModelSwitchNotification): string {
  if (isUrgent(notification)) return '⚠️';
  return toneOf(notification) === 'news' ? 'ℹ️' : '✅';
}

function linesOf(notification: ModelSwitchNotification, strings: Strings): unknown[] {
  const { direction, from, to, message, modelName: model, reason } = notification;
  const provider = providerOf(notification);
  // The service's message says "Upgraded" whatever happened, as the apps expect it; `direction` is what happened.
  const sentence = textOf(strings.switched, direction);
  const exact = sentence && from && to && interpolate(sentence, { from, to });
  const reasonSaid = !reason || (!exact && message?.includes(reason));
  return [
    model && interpolate(toneOf(notification) === 'news' ? strings.about : strings.using, { model }),
    exact || message,
    provider && interpolate(strings.provider, { provider }),
    !reasonSaid && interpolate(strings.reason, { reason }),
  ].filter((line) => line);
}
