import type { TopicFilter } from '../data/topics.ts';
import { readClamped } from '../http/read-query.ts';
import type { RouteContext } from '../http/route.ts';
import { topicList } from '../shapes/topic-shape.ts';

export const PER_PAGE = 30;
const PER_PAGE_MAX = 50;
const PAGE_MAX = 9_999;

/** The path of a list, and the parameters that its next page keeps. */
export interface ListPath {
  readonly path: string;
  readonly keep?: Readonly<Record<string, string>>;
}

/** Returns one page of a list, and the URL of the next page. */
export async function readList(
  { forum, query }: RouteContext,
  filter: TopicFilter,
  { path, keep = {} }: ListPath,
) {
  const page = readClamped(query, 'page', { min: 0, max: PAGE_MAX, defaultValue: 0 });
  const perPage = readClamped(query, 'per_page', { min: 1, max: PER_PAGE_MAX, defaultValue: PER_PAGE });
  const found = await forum.topics.list(filter, { limit: perPage + 1, offset: page * perPage });
  const size = query.has('per_page') ? { per_page: String(perPage) } : {};
  const next = new URLSearchParams({ ...keep, page: String(page + 1), ...size });
  return {
    topics: found.slice(0, perPage),
    moreUrl: found.length > perPage ? `${path}?${next}` : null,
    perPage,
  };
}

/** Returns one page of a list as JSON. */
export async function listJson(context: RouteContext, filter: TopicFilter, path: ListPath) {
  const { topics, moreUrl, perPage } = await readList(context, filter, path);
  return topicList(context.forum, topics, moreUrl, perPage);
}
