import { type CSSResultGroup, html, LitElement } from 'lit';
import { type Strings, stringsFor } from './strings.js';
import { buttonStyles, dialogStyles } from './styles.js';

/**
 * A question in a native modal dialog, which keeps the focus inside, gives it back and closes with Esc. It is on the page
 * as long as it is open.
 */
export abstract class ModalElement extends LitElement {
  static override readonly styles: CSSResultGroup = [buttonStyles, dialogStyles];

  #lastFocused: HTMLElement | undefined;
  #answered: (value: string) => void = () => undefined;

  /** Resolves to the value of the button that closed it; '' for Esc, for "Cancel" and when the page removes it. */
  async ask(): Promise<string> {
    document.body.append(this);
    await this.updateComplete;
    this.#dialog.showModal();
    this.opened();
    // Events of `dialog` do not leave the shadow root; notifications follow this one.
    this.dispatchEvent(new Event('toggle'));
    return new Promise((resolve) => {
      this.#answered = resolve;
    });
  }

  /** Called when the dialog is on the screen. */
  protected opened(): void {}

  /** Back to where it was, from a notification that is shown within. */
  override focus(): void {
    this.#lastFocused?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#answered(this.#dialog.returnValue);
  }

  protected get strings(): Strings {
    return stringsFor(this.lang);
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  /** @param role `alertdialog`: the answer has consequences */
  protected frame(role: 'dialog' | 'alertdialog', title: string, content: unknown): unknown {
    return html`
      <dialog role=${role} aria-labelledby="title" aria-describedby="about" @close=${() => this.remove()}>
        <form method="dialog" @focusin=${({ target }: FocusEvent) => this.#rememberFocus(target)}>
          <h2 id="title">${title}</h2>
          ${content}
        </form>
        <slot></slot>
      </dialog>
    `;
  }

  #rememberFocus(target: EventTarget | null): void {
    this.#lastFocused = target as HTMLElement;
  }

  /**
   * Only one of them submits: Enter in a field presses the first that does.
   * @param submit without it there is nothing to say but "close"
   */
  protected buttons(submit?: string): unknown {
    const { cancel, close } = this.strings;
    return html`
      <footer>
        <button type="button" @click=${() => this.#dialog.close('')}>${submit ? cancel : close}</button>
        ${submit && html`<button class="primary" value="yes">${submit}</button>`}
      </footer>
    `;
  }
}
