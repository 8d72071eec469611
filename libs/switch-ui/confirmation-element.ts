import { html } from 'lit';
import { interpolate } from './interpolate.js';
import { ModalElement } from './modal-element.js';
import type { Direction } from './model-switch.js';
import { textOf } from './strings.js';

export interface ConfirmationOptions {
  fromModel: string;
  toModel: string;
  reason?: string | null;
  direction?: Direction | null;
  /** BCP 47; the page's language where it is missing. */
  lang?: string;
}

/** "Switch the AI model? From A to B." */
export class ConfirmationElement extends ModalElement {
  declare options: ConfirmationOptions;

  protected override render(): unknown {
    const { fromModel, toModel, reason, direction } = this.options;
    const { confirm } = this.strings;
    return this.frame(
      'alertdialog',
      textOf(confirm, direction) ?? confirm.lateral,
      html`
        <div id="about">
          <p>${interpolate(this.strings.fromTo, { from: fromModel, to: toModel })}</p>
          ${reason && html`<p>${interpolate(this.strings.reason, { reason })}</p>`}
        </div>
        ${this.buttons(this.strings.switchNow)}
      `,
    );
  }
}
