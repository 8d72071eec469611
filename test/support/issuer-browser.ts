/** A browser at the identity provider of development, which keeps the cookies of each host. */
export class IssuerBrowser {
  private readonly jar = new Map<string, Map<string, string>>();

  /**
   * Follows redirects, and signs in as the person where the issuer asks who it is.
   * @param until prefix of an address that is not asked for
   * @returns the last page, or the address that was not asked for
   */
  async follow(url: string, { person = '', until = 'never:' } = {}): Promise<{ url: string; html: string }> {
    let next = url;
    while (!next.startsWith(until)) {
      const { pathname } = new URL(next);
      const target = /^\/interaction\/[\w-]+$/.test(pathname) ? `${next}/${person}` : next;
      const answer = await this.fetch(target);
      const location = answer.headers.get('location');
      if (!location) return { url: target, html: await answer.text() };
      next = new URL(location, target).href;
    }
    return { url: next, html: '' };
  }

  /** Sends the form of a page. @param more fields besides the hidden ones, such as that of the button */
  async submit(
    { url, html }: { url: string; html: string },
    more: Record<string, string>,
    person?: string,
  ): Promise<{ url: string; html: string }> {
    const action = new URL(/<form[^>]* action="([^"]+)"/.exec(html)![1]!, url).href;
    const hidden = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const fields = new URLSearchParams([
      ...hidden.map(([, name, value]) => [name!, value!]),
      ...Object.entries(more),
    ]);
    const answer = await this.fetch(action, { method: 'POST', body: fields });
    const location = answer.headers.get('location');
    if (!location) return { url: action, html: await answer.text() };
    return this.follow(new URL(location, action).href, { person });
  }

  /** Approves the code of a device, or refuses it, as a person. @param url with the code in it */
  async decide(url: string, person: string, decision: 'yes' | 'no'): Promise<string> {
    const entered = await this.submit(await this.follow(url), {});
    // The form says yes by itself.
    const choice: Record<string, string> = decision === 'yes' ? {} : { abort: 'yes' };
    return (await this.submit(entered, choice, person)).html;
  }

  /** Ends the session at the issuer, which then notifies its clients. */
  async signOut(issuer: string): Promise<void> {
    await this.submit(await this.follow(`${issuer}/session/end`), { logout: 'yes' });
  }

  private async fetch(url: string, options: RequestInit = {}): Promise<Response> {
    const { host } = new URL(url);
    const known = this.jar.get(host) ?? new Map<string, string>();
    this.jar.set(host, known);
    const cookie = [...known].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...options, redirect: 'manual', headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [pair] = set.split(';');
      const at = pair!.indexOf('=');
      known.set(pair!.slice(0, at), pair!.slice(at + 1));
    }
    return answer;
  }
}
