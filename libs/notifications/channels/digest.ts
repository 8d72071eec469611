import { fillIn } from '#libs/switch-texts/switch-texts.js';
import { deduplicationId, type Notification } from '../notification.js';
import type { ChannelMessage, LeasedChannel } from './channel.js';
import { subjectOf, type textsOf, titleOf } from './channel-texts.js';
import { URGENCIES, type Urgency, urgencyOf } from './urgency.js';

/** Different titles in one digest; the others are counted together. */
const MAX_TITLES = 10;
/** Different titles that are kept apart while a digest is read. */
const MAX_KNOWN = 1_000;

interface Counted {
  urgency: Urgency;
  title: string;
  count: number;
}

/** Counts notifications by their titles. */
export class Digest {
  private readonly counts = new Map<string, Counted>();
  private total = 0;

  constructor(private readonly texts: ReturnType<typeof textsOf>) {}

  add(notification: Notification): void {
    this.total += 1;
    const title = titleOf(notification, this.texts);
    const urgency = urgencyOf(notification);
    const key = `${urgency} ${title}`;
    const counted = this.counts.get(key);
    if (counted) counted.count += 1;
    else if (this.counts.size < MAX_KNOWN) this.counts.set(key, { urgency, title, count: 1 });
  }

  /** @returns null: nothing waited */
  message({
    channel,
    after,
    until,
    link,
  }: {
    channel: LeasedChannel;
    after: number;
    until: number;
    link: ChannelMessage['link'];
  }): ChannelMessage | null {
    const shown = [...this.counts.values()]
      .toSorted((a, b) => rank(b) - rank(a) || b.count - a.count)
      .slice(0, MAX_TITLES);
    const [first] = shown;
    if (!first) return null;
    const { subject, count, more } = this.texts.channel.digest;
    const others = this.total - shown.reduce((sum, each) => sum + each.count, 0);
    return {
      id: deduplicationId('digest', channel.id, String(after), String(until)),
      urgency: first.urgency,
      subject: subjectOf(first.urgency, fillIn(subject, { count: String(this.total) }), this.texts),
      lines: [
        ...shown.map((each) =>
          fillIn(count, {
            count: String(each.count),
            title: subjectOf(each.urgency, each.title, this.texts),
          }),
        ),
        ...(others > 0 ? [fillIn(more, { count: String(others) })] : []),
      ],
      link,
    };
  }
}

const rank = ({ urgency }: Counted): number => URGENCIES.indexOf(urgency);
