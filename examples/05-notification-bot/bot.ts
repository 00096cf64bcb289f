// Prints new notifications of several sites, one per line.
//
//   node bot.ts          every minute
//   node bot.ts --once   now, for cron
import { setTimeout as wait } from 'node:timers/promises';
import { createConnection, SiteRefusal } from '@valetkey/client';
import { type Account, readAccounts, saveAccounts } from './accounts.ts';

const PAUSE_SECONDS = 60;
/** Timeout of a request to a site. */
const TIMEOUT_SECONDS = Number(process.env.BOT_TIMEOUT_SECONDS ?? 15);

interface Notification {
  readonly id: number;
  /** Null if the notification is not about a post, such as a notice about a key. */
  readonly topic_id: number | null;
  readonly post_number: number | null;
  readonly data: {
    readonly topic_title?: string;
    readonly display_username?: string;
    /** The app of a notice about a key. */
    readonly title?: string;
    readonly message?: string;
  };
}

/** Removes control characters: titles are untrusted and could control the terminal. */
const printable = (text: string): string => text.replace(/\p{C}/gu, '');

function describeNotification({ topic_id, post_number, data }: Notification, site: string): string {
  const { display_username: who = 'a user', topic_title: topic = 'a topic', title: app = 'An app' } = data;
  if (topic_id === null) return `“${app}”: ${data.message ?? 'a notice without text'}`;
  return `${who} in “${topic}” ${site}/t/${topic_id}/${post_number}`;
}

/** Prints the new notifications of one site. Returns the account to store. */
async function printNews(account: Account): Promise<Account> {
  const { site, username, key, lastPrintedId } = account;
  const signal = AbortSignal.timeout(1000 * TIMEOUT_SECONDS);
  const answer = await createConnection({ site, key, signal }).fetch('/notifications.json');
  const { notifications } = (await answer.json()) as { notifications: Notification[] };
  const news = notifications.filter(({ id }) => id > lastPrintedId).sort((a, b) => a.id - b.id);
  for (const notification of news)
    console.log(printable(`${username}: ${describeNotification(notification, site)}`));
  return { ...account, lastPrintedId: news.at(-1)?.id ?? lastPrintedId };
}

/**
 * Checks all sites in parallel. An error of one site is printed and does not delay the others.
 *
 * @returns the seconds to wait before the next check
 */
async function checkSites(): Promise<number> {
  const pauses = readAccounts().map(async (account): Promise<number> => {
    try {
      const checked = await printNews(account);
      saveAccounts(readAccounts().map((other) => (other.key === checked.key ? checked : other)));
      return 0;
    } catch (error) {
      console.error(printable(`${account.site}: ${error instanceof Error ? error.message : error}`));
      process.exitCode = 1;
      // Respect the waiting time that the site returns.
      return error instanceof SiteRefusal ? (error.waitSeconds ?? 0) : 0;
    }
  });
  return Math.max(PAUSE_SECONDS, ...(await Promise.all(pauses)));
}

if (process.argv.includes('--once')) await checkSites();
else for (;;) await wait(1000 * (await checkSites()));
