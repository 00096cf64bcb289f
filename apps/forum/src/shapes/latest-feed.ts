import type { Category, Post, Topic } from '../data/topic-rows.ts';
import type { Forum } from '../forum-parts.ts';
import { cook, escapeHtml } from './cook.ts';
import { authorOf } from './topic-shape.ts';

/** XML 1.0 cannot represent these characters, not even escaped. */
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const xmlText = (text: string): string => escapeHtml(text.replace(NOT_IN_XML, '\u{fffd}'));
const feedTime = (time: number): string => new Date(time).toUTCString();

/** Returns RSS 2.0 of these topics, with their first posts as escaped HTML. */
export async function latestFeed(forum: Forum, topics: readonly Topic[]): Promise<string> {
  const categories = await forum.topics.categories();
  const items: string[] = [];
  for (const topic of topics) {
    const [first] = await forum.topics.posts(topic.id);
    items.push(feedItem(forum, topic, first, categories));
  }
  const newest = Math.max(...topics.map(({ bumpedAt }) => bumpedAt));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${xmlText(forum.name)} - Latest topics</title>
<link>${xmlText(`${forum.baseUrl}/latest`)}</link>
<description>Latest topics</description>
${topics.length === 0 ? '' : `<lastBuildDate>${feedTime(newest)}</lastBuildDate>\n`}<atom:link href="${xmlText(`${forum.baseUrl}/latest.rss`)}" rel="self" type="application/rss+xml"/>
${items.join('\n')}
</channel>
</rss>
`;
}

function feedItem(
  forum: Forum,
  topic: Topic,
  first: Post | undefined,
  categories: readonly Category[],
): string {
  const category = categories.find(({ id }) => id === topic.categoryId);
  const url = `${forum.baseUrl}/t/${topic.slug}/${topic.id}`;
  return `<item>
<title>${xmlText(topic.title)}</title>
<dc:creator>${xmlText(authorOf(forum, topic.userId).username)}</dc:creator>
<category>${xmlText(category?.name ?? '')}</category>
<description>${xmlText(cook(first?.raw ?? ''))}</description>
<link>${xmlText(url)}</link>
<pubDate>${feedTime(topic.createdAt)}</pubDate>
<guid isPermaLink="false">${xmlText(`${new URL(forum.baseUrl).host}-topic-${topic.id}`)}</guid>
</item>`;
}
