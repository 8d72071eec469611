import { html } from 'lit';

/**
 * Puts values in the place of their `{name}` in a template, as text, never as markup. Each is isolated, so that a name with
 * direction marks cannot turn the sentence around it.
 */
export function interpolate(template: string, values: Record<string, string>): unknown[] {
  return template
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 0 ? part : html`<bdi>${values[part]}</bdi>`));
}
