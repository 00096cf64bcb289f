import type { Tool } from '@valetkey/mcp';

/** A positive integer, with a description for the model. */
export const id = (description: string) => ({ type: 'integer', minimum: 1, description });

const count = (max: number, description: string) => ({
  type: 'integer',
  minimum: 1,
  maximum: max,
  description,
});
const MAX_LISTED = 30;

interface ListedTopic {
  readonly id: number;
  readonly slug: string;
  readonly title: string;
  readonly posts_count: number;
  readonly category_id: number;
  readonly last_posted_at: string;
}

interface TopicPost {
  readonly id: number;
  readonly post_number: number;
  readonly username: string;
  readonly created_at: string;
  readonly raw: string;
}

const listed = ({ id, slug, title, posts_count, category_id, last_posted_at }: ListedTopic) => ({
  id,
  slug,
  title,
  posts_count,
  category_id,
  last_posted_at,
});

export const postOf = ({ id, post_number, username, created_at, raw }: TopicPost) => ({
  id,
  post_number,
  username,
  created_at,
  raw,
});

/** The tools that read topics, with the names and inputs that Discourse uses. */
export const topicTools: readonly Tool[] = [
  {
    name: 'discourse_search',
    title: 'Search the forum',
    description: 'Searches the posts of the forum. Returns the matching topics: id, slug and title.',
    route: 'search#query',
    method: 'GET',
    input: {
      type: 'object',
      properties: {
        query: { type: 'string', minLength: 1, maxLength: 200, description: 'Words that the posts contain.' },
        max_results: count(50, 'The maximum number of topics. Default: 10.'),
      },
      required: ['query'],
    },
    toRequest: ({ query }) => ({ query: { q: query } }),
    toResult({ topics }, { max_results = 10 }) {
      const results = (topics as ListedTopic[]).slice(0, max_results);
      return {
        results: results.map(({ id, slug, title }) => ({ id, slug, title })),
        meta: { total: results.length, has_more: topics.length > max_results },
      };
    },
  },
  {
    name: 'discourse_read_topic',
    title: 'Read a topic',
    description:
      'Returns a topic and its posts, oldest first. If meta.has_more is true, read on from the next post number.',
    route: 'topics#show',
    method: 'GET',
    input: {
      type: 'object',
      properties: {
        topic_id: id('The id of the topic.'),
        post_limit: count(50, 'The maximum number of posts. Default: 5.'),
        start_post_number: id('The number of the first post. Default: 1.'),
      },
      required: ['topic_id'],
    },
    toRequest: ({ topic_id }) => ({ parameters: { id: topic_id } }),
    toResult(
      { id, title, slug, category_id, posts_count, post_stream },
      { post_limit = 5, start_post_number = 1 },
    ) {
      const all = (post_stream.posts as TopicPost[]).filter((post) => post.post_number >= start_post_number);
      const posts = all.slice(0, post_limit).map(postOf);
      const meta = {
        start_post: start_post_number,
        returned: posts.length,
        has_more: all.length > posts.length,
      };
      return { id, title, slug, category_id, posts_count, posts, meta };
    },
  },
  {
    name: 'discourse_filter_topics',
    title: 'List the latest topics',
    description:
      'Lists topics, the latest first: id, slug, title, number of posts, category and time of the last post.',
    route: 'list#latest',
    method: 'GET',
    path: '/latest',
    input: {
      type: 'object',
      properties: { page: { type: 'integer', minimum: 0, description: 'Default: 0.' } },
    },
    toRequest: ({ page }) => ({ query: { page } }),
    toResult: ({ topic_list }) => ({
      results: (topic_list.topics as ListedTopic[]).slice(0, MAX_LISTED).map(listed),
      meta: { has_more: topic_list.more_topics_url !== undefined },
    }),
  },
  {
    name: 'discourse_list_categories',
    title: 'List the categories',
    description: 'Lists the categories of the forum: id, name, slug, description and number of topics.',
    route: 'categories#index',
    method: 'GET',
    input: { type: 'object' },
    toRequest: () => ({}),
    toResult: ({ category_list }) => ({
      categories: (category_list.categories as Record<string, unknown>[]).map(
        ({ id, name, slug, description, topic_count }) => ({ id, name, slug, description, topic_count }),
      ),
    }),
  },
];
