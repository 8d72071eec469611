import { css } from 'lit';

/** Light and dark follow the `color-scheme` of the page. */
export const buttonStyles = css`
  button {
    font: inherit;
    min-block-size: 2.5rem;
    padding: 0.25rem 1rem;
    border: 1px solid currentColor;
    border-radius: 0.375rem;
    background: transparent;
    color: inherit;
    cursor: pointer;
  }
  :focus-visible {
    outline: 3px solid currentColor;
    outline-offset: 2px;
  }
`;

export const dialogStyles = css`
  dialog {
    box-sizing: border-box;
    inline-size: min(30rem, calc(100vw - 2rem));
    max-block-size: calc(100dvh - 2rem);
    padding: 1.25rem;
    border: 1px solid light-dark(#6b7280, #9ca3af);
    border-radius: 0.75rem;
    background: light-dark(#ffffff, #1f2937);
    color: light-dark(#111827, #f3f4f6);
    font: 1rem / 1.5 system-ui, sans-serif;
    overflow-wrap: anywhere;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.5);
  }
  h2 {
    margin: 0 0 0.5rem;
    font-size: 1.25rem;
  }
  p {
    margin: 0 0 0.75rem;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.75rem;
    margin-block-start: 1rem;
  }
  button.primary {
    border-color: transparent;
    background: light-dark(#1d4ed8, #93c5fd);
    color: light-dark(#ffffff, #111827);
  }
`;
