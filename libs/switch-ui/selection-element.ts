import { type CSSResultGroup, css, html } from 'lit';
import { interpolate } from './interpolate.js';
import { ModalElement } from './modal-element.js';
import { providerOf, type SelectableModel } from './model-switch.js';

export interface SelectionOptions<T extends SelectableModel = SelectableModel> {
  availableModels: readonly T[];
  currentModelId: string;
  currentModelName: string;
  /** BCP 47; the page's language where it is missing. */
  lang?: string;
}

/** Longer lists have a field to search in them. */
const SEARCHED_FROM = 10;

/** The models as radio buttons; the one in use is shown and cannot be chosen. */
export class SelectionElement extends ModalElement {
  static override readonly styles: CSSResultGroup = [
    ModalElement.styles,
    css`
      fieldset {
        max-block-size: 50dvh;
        margin: 0;
        padding: 0;
        border: 0;
        overflow: auto;
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.75rem;
        padding: 0.5rem;
        border-radius: 0.375rem;
      }
      label:has(:disabled) {
        background: light-dark(#e5e7eb, #111827);
      }
      input[type='search'] {
        box-sizing: border-box;
        inline-size: 100%;
        min-block-size: 2.5rem;
        margin-block-end: 0.75rem;
        padding: 0.25rem 0.75rem;
        border: 1px solid currentColor;
        border-radius: 0.375rem;
        background: transparent;
        color: inherit;
        font: inherit;
      }
      label[hidden] {
        display: none;
      }
      label:not(:has(:disabled)):hover {
        background: light-dark(#f3f4f6, #374151);
      }
      span {
        flex: 1;
      }
      small {
        display: block;
        color: light-dark(#4b5563, #d1d5db);
      }
    `,
  ];

  declare options: SelectionOptions;

  /** The position of the choice in `availableModels`; -1: none. Ids may be anything, and so are not used. */
  get chosen(): number {
    return Number(this.renderRoot.querySelector<HTMLInputElement>('input:checked')?.value ?? -1);
  }

  protected override render(): unknown {
    const { availableModels, currentModelId, currentModelName } = this.options;
    const others = availableModels.some(({ id }) => id !== currentModelId);
    return this.frame(
      'dialog',
      this.strings.choose,
      html`
        <p id="about">${interpolate(this.strings.current, { model: currentModelName })}</p>
        ${
          others
            ? html`${availableModels.length > SEARCHED_FROM ? this.#search() : ''}
                <fieldset aria-labelledby="title">${availableModels.map((model, index) => this.#choice(model, index))}</fieldset>`
            : html`<p>${this.strings.noOther}</p>`
        }
        ${this.buttons(others ? this.strings.switchNow : undefined)}
      `,
    );
  }

  protected override opened(): void {
    this.renderRoot.querySelector('input:disabled')?.scrollIntoView({ block: 'center' });
  }

  #search(): unknown {
    return html`
      <input
        type="search"
        aria-label=${this.strings.find}
        placeholder=${this.strings.find}
        @input=${({ target }: InputEvent) => this.#filter((target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && event.preventDefault()}
      />
    `;
  }

  #filter(text: string): void {
    for (const label of this.renderRoot.querySelectorAll('label'))
      label.hidden = !label.textContent.toLowerCase().includes(text.trim().toLowerCase());
  }

  #choice({ id, name, provider, useCase }: SelectableModel, index: number): unknown {
    const inUse = id === this.options.currentModelId;
    const details = [providerOf({ modelId: id, provider }), useCase, inUse && this.strings.inUse].filter(
      (detail) => detail,
    );
    return html`
      <label>
        <input type="radio" name="model" value=${index} required ?disabled=${inUse} />
        <span><bdi>${name}</bdi> <small>${details.join(' · ')}</small></span>
      </label>
    `;
  }
}
