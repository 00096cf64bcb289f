// Tells what is new on several sites, a line for each notification.
//
//   node bot.ts          every minute
//   node bot.ts --once   now, for cron
import { setTimeout as wait } from 'node:timers/promises';
import { createConnection, SiteRefusal } from '@valetkey/client';
import { type Account, readAccounts, saveAccounts } from './accounts.ts';

const PAUSE_SECONDS = 60;
/** A site that does not answer within so long has failed. */
const TIMEOUT_SECONDS = Number(process.env.BOT_TIMEOUT_SECONDS ?? 15);

interface Notification {
  readonly id: number;
  readonly topic_id: number;
  readonly post_number: number;
  readonly data: { readonly topic_title?: string; readonly display_username?: string };
}

/** Titles are other people's text: without this, one of them could command your terminal. */
const printable = (text: string): string => text.replace(/\p{C}/gu, '');

/** Tells what is new on one site. Answers the account as it is to be remembered. */
async function tellNews(account: Account): Promise<Account> {
  const { site, username, key, lastToldId } = account;
  const signal = AbortSignal.timeout(1000 * TIMEOUT_SECONDS);
  const answer = await createConnection({ site, key, signal }).fetch('/notifications.json');
  const { notifications } = (await answer.json()) as { notifications: Notification[] };
  const news = notifications.filter(({ id }) => id > lastToldId).sort((a, b) => a.id - b.id);
  for (const { topic_id, post_number, data } of news) {
    const { display_username: who = 'somebody', topic_title: title = 'a topic' } = data;
    console.log(printable(`${username}: ${who} in “${title}” ${site}/t/${topic_id}/${post_number}`));
  }
  return { ...account, lastToldId: news.at(-1)?.id ?? lastToldId };
}

/** One round, all sites at once: one that fails is complained about and keeps no other waiting. Answers when to come again. */
async function tellAll(): Promise<number> {
  const pauses = readAccounts().map(async (account): Promise<number> => {
    try {
      const told = await tellNews(account);
      saveAccounts(readAccounts().map((other) => (other.key === told.key ? told : other)));
      return 0;
    } catch (error) {
      console.error(printable(`${account.site}: ${error instanceof Error ? error.message : error}`));
      process.exitCode = 1;
      // A site that says how long to wait is not asked again before.
      return error instanceof SiteRefusal ? (error.waitSeconds ?? 0) : 0;
    }
  });
  return Math.max(PAUSE_SECONDS, ...(await Promise.all(pauses)));
}

if (process.argv.includes('--once')) await tellAll();
else for (;;) await wait(1000 * (await tellAll()));
