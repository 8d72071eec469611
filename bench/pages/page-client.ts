import type { Page } from './page.js';

export interface PageVisit {
  ms: number;
  /** How many calls or switches a page of people adds up; 0: another page. */
  shown: number;
}

interface PageOfPeople {
  items: { calls?: number; switches?: number; selections?: number }[];
}

/** Opens pages as a browser with a key does, one after the other. */
export class PageClient {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** @throws unless it is answered with 200 */
  async open({ what, path, next, file, people }: Page, n: number): Promise<PageVisit> {
    const asked = next ? await this.nextOf(path(n)) : path(n);
    const began = performance.now();
    const answer = await fetch(this.url + asked, { headers: { authorization: `Bearer ${this.token}` } });
    if (answer.status !== 200)
      throw new Error(
        `${what}: ${asked} answered ${answer.status} ${await answer.text()} after ${Math.round(performance.now() - began)} ms`,
      );
    const text = file ? await firstOf(answer) : await answer.text();
    return { ms: performance.now() - began, shown: people ? shownOn(JSON.parse(text)) : 0 };
  }

  private async nextOf(path: string): Promise<string> {
    const answer = await fetch(this.url + path, { headers: { authorization: `Bearer ${this.token}` } });
    const { nextCursor } = (await answer.json()) as { nextCursor: string | null };
    if (!nextCursor) return path;
    const [route, query] = path.split('?');
    const parameters = new URLSearchParams(query);
    parameters.set('cursor', nextCursor);
    return `${route}?${parameters}`;
  }
}

const shownOn = ({ items }: PageOfPeople): number =>
  items.reduce((sum, { calls = 0, switches = 0, selections = 0 }) => sum + calls + switches + selections, 0);

async function firstOf(answer: Response): Promise<string> {
  const reader = answer.body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}
