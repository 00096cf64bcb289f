import type { Tool } from '@valetkey/mcp';
import { id, postOf } from './topic-tools.ts';

const text = {
  type: 'string',
  minLength: 1,
  maxLength: 30_000,
  description: 'The text of the post, in Markdown.',
};

/** What an agent needs of a post that it has written. */
const written = ({ id, topic_id, topic_slug, post_number, username }: Record<string, unknown>) => ({
  id,
  topic_id,
  slug: topic_slug,
  post_number,
  username,
});

/** The tools that read and write posts, with the names and inputs that Discourse uses. */
export const postTools: readonly Tool[] = [
  {
    name: 'discourse_read_post',
    title: 'Read a post',
    description: 'Returns one post and the id of its topic.',
    route: 'posts#show',
    method: 'GET',
    input: { type: 'object', properties: { post_id: id('The id of the post.') }, required: ['post_id'] },
    toRequest: ({ post_id }) => ({ parameters: { id: post_id } }),
    toResult: (post) => ({ ...postOf(post), topic_id: post.topic_id }),
  },
  {
    name: 'discourse_create_post',
    title: 'Reply to a topic',
    description: 'Adds a post to a topic, as the user. Everybody can read it.',
    route: 'posts#create',
    method: 'POST',
    input: {
      type: 'object',
      properties: { topic_id: id('The id of the topic.'), raw: text },
      required: ['topic_id', 'raw'],
    },
    toRequest: ({ topic_id, raw }) => ({ body: { topic_id, raw } }),
    toResult: written,
  },
  {
    name: 'discourse_create_topic',
    title: 'Start a topic',
    description: 'Starts a topic with its first post, as the user. Everybody can read it.',
    route: 'posts#create',
    method: 'POST',
    input: {
      type: 'object',
      properties: {
        title: { type: 'string', minLength: 1, maxLength: 255, description: 'At least 15 characters.' },
        raw: text,
        category_id: id('The id of the category. Default: the first category.'),
      },
      required: ['title', 'raw'],
    },
    toRequest: ({ title, raw, category_id }) => ({ body: { title, raw, category: category_id } }),
    toResult: written,
  },
  {
    name: 'discourse_update_post',
    title: 'Change a post',
    description: 'Replaces the text of a post that the user may change.',
    route: 'posts#update',
    method: 'PUT',
    annotations: { destructiveHint: true },
    input: {
      type: 'object',
      properties: { post_id: id('The id of the post.'), raw: text },
      required: ['post_id', 'raw'],
    },
    toRequest: ({ post_id, raw }) => ({ parameters: { id: post_id }, body: { post: { raw } } }),
    toResult: ({ post }) => written(post),
  },
];
