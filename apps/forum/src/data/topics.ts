import { type Database, type Query, statement, type Work } from '@valetkey/sql-store/database';
import { isId } from './is-id.ts';
import type { Notifications } from './notifications.ts';
import { createPostSearch } from './search-posts.ts';
import {
  type Category,
  categoryFromRow,
  type Post,
  postFromRow,
  slugify,
  type Topic,
  type TrackedTopic,
  topicFromRow,
  trackedTopicFromRow,
} from './topic-rows.ts';

/** Which topics a list holds; `new` and `unread` depend on the user. */
export type TopicFilter =
  | { readonly kind: 'latest' }
  | { readonly kind: 'new' | 'unread'; readonly userId: number }
  | { readonly kind: 'category'; readonly categoryId: number }
  /** Those bumped since then, with most posts first. Milliseconds since 1970. */
  | { readonly kind: 'top'; readonly since: number }
  /** Null does not filter. */
  | { readonly kind: 'filtered'; readonly categoryId: number | null; readonly userId: number | null };

export interface NewTopic {
  readonly title: string;
  readonly raw: string;
  readonly categoryId: number;
  readonly userId: number;
  readonly createdAt: number;
}

export interface NewReply {
  readonly topicId: number;
  /** A post of this topic; null for a reply to the topic. */
  readonly replyToPostNumber: number | null;
  readonly raw: string;
  readonly userId: number;
  readonly createdAt: number;
}

export interface Topics {
  categories(): Promise<Category[]>;
  addCategory(category: Omit<Category, 'id' | 'topicCount'>): Work<number>;
  /** The work of `create`. */
  addTopic(topic: NewTopic): Work<Post>;
  /** The work of `reply`. */
  addReply(reply: NewReply): Work<Post>;
  list(filter: TopicFilter, page: { limit: number; offset: number }): Promise<Topic[]>;
  find(id: number): Promise<Topic | null>;
  /** Notifies the users that it mentions. */
  create(topic: NewTopic): Promise<Post>;
  /** Notifies the users that it mentions, and the authors of the post it replies to and of the topic. */
  reply(post: NewReply): Promise<Post>;
  posts(topicId: number): Promise<Post[]>;
  findPost(id: number): Promise<Post | null>;
  editPost(id: number, raw: string, updatedAt: number): Promise<void>;
  updateTopic(id: number, changes: { title: string; categoryId: number }): Promise<void>;
  /** Deletes the topic with its first post. */
  deletePost(post: Post, deletedAt: number): Promise<void>;
  /** Returns posts that contain the text, newest first; bounded in time. */
  search(text: string, limit: number): Promise<Post[]>;
  /** Returns those after `id`, oldest first. */
  postsSince(id: number, limit: number): Promise<Post[]>;
  /** Returns the highest post id, deleted posts included; 0 if there are none. */
  lastPostId(): Promise<number>;
  markRead(userId: number, topic: Topic): Promise<void>;
  /** Returns the post number; null if this user never opened the topic. */
  findLastRead(userId: number, topicId: number): Promise<number | null>;
  counts(): Promise<{ topics: number; posts: number }>;
  /** Returns how many topics are new and unread for this user. */
  countsFor(userId: number): Promise<{ new: number; unread: number }>;
  /** Returns the topics that are new or unread for this user, newest first. */
  tracking(userId: number, limit: number): Promise<TrackedTopic[]>;
}

const HIGHEST = '(SELECT max(post_number) FROM forum.posts WHERE topic_id = topics.id)';

const TOPICS = `SELECT topics.*, ${HIGHEST} AS highest_post_number,
    (SELECT count(*) FROM forum.posts WHERE topic_id = topics.id AND deleted_at IS NULL) AS posts_count,
    (SELECT user_id FROM forum.posts WHERE topic_id = topics.id AND deleted_at IS NULL
     ORDER BY post_number DESC LIMIT 1) AS last_poster_id
  FROM forum.topics`;

const VISITS =
  'FROM forum.topic_visits WHERE topic_visits.topic_id = topics.id AND topic_visits.user_id = :userId';

const IS_NEW = `user_id <> :userId AND NOT EXISTS (SELECT 1 ${VISITS})`;
const IS_UNREAD = `${HIGHEST} > (SELECT last_read_post_number ${VISITS})`;

const list = (condition: string, order = 'bumped_at DESC') =>
  statement(
    `${TOPICS} WHERE deleted_at IS NULL AND ${condition} ORDER BY ${order}, id DESC LIMIT :limit OFFSET :offset`,
  );
const lists = {
  latest: list('1 = 1'),
  category: list('category_id = :categoryId'),
  new: list(IS_NEW),
  unread: list(IS_UNREAD),
  top: list('bumped_at >= :since', 'posts_count DESC'),
  filtered: list(
    `(CAST(:categoryId AS BIGINT) IS NULL OR category_id = CAST(:categoryId AS BIGINT))
     AND (CAST(:userId AS BIGINT) IS NULL OR user_id = CAST(:userId AS BIGINT))`,
  ),
} as const;
const updateTopic = statement(
  'UPDATE forum.topics SET title = :title, slug = :slug, category_id = :categoryId WHERE id = :id',
);
const allCategories = statement(
  `SELECT *, (SELECT count(*) FROM forum.topics WHERE category_id = categories.id AND deleted_at IS NULL) AS topic_count
   FROM forum.categories ORDER BY id`,
);
const insertCategory = statement(
  `INSERT INTO forum.categories (name, slug, color, description) VALUES (:name, :slug, :color, :description)
   RETURNING id`,
);
const topicById = statement(`${TOPICS} WHERE id = :id AND deleted_at IS NULL`);
const insertTopic = statement(
  `INSERT INTO forum.topics (title, slug, category_id, user_id, created_at, bumped_at)
   VALUES (:title, :slug, :categoryId, :userId, :createdAt, :createdAt) RETURNING id`,
);
const insertPost = statement(
  `INSERT INTO forum.posts (topic_id, post_number, user_id, raw, created_at, updated_at, reply_to_post_number)
   VALUES (:topicId, (SELECT coalesce(max(post_number), 0) + 1 FROM forum.posts WHERE topic_id = :topicId),
     :userId, :raw, :createdAt, :createdAt, :replyToPostNumber)
   RETURNING *`,
);
// The lock of the row numbers concurrent replies one after the other.
const bump = statement('UPDATE forum.topics SET bumped_at = :bumpedAt WHERE id = :id');
const postsOf = statement(
  'SELECT * FROM forum.posts WHERE topic_id = :topicId AND deleted_at IS NULL ORDER BY post_number',
);
const postById = statement('SELECT * FROM forum.posts WHERE id = :id AND deleted_at IS NULL');
const updatePost = statement(
  'UPDATE forum.posts SET raw = :raw, updated_at = :updatedAt, version = version + 1 WHERE id = :id',
);
const deletePost = statement('UPDATE forum.posts SET deleted_at = :deletedAt WHERE id = :id');
const deleteTopic = statement('UPDATE forum.topics SET deleted_at = :deletedAt WHERE id = :topicId');
const postsAfter = statement(
  `SELECT posts.* FROM forum.posts JOIN forum.topics ON topics.id = posts.topic_id
   WHERE posts.id > :id AND posts.deleted_at IS NULL AND topics.deleted_at IS NULL ORDER BY posts.id LIMIT :limit`,
);
const lastPost = statement('SELECT coalesce(max(id), 0) AS id FROM forum.posts');
const visit = statement(
  `INSERT INTO forum.topic_visits (user_id, topic_id, last_read_post_number) VALUES (:userId, :topicId, :postNumber)
   ON CONFLICT (user_id, topic_id) DO UPDATE
   SET last_read_post_number = greatest(topic_visits.last_read_post_number, excluded.last_read_post_number)`,
);
const lastRead = statement(
  'SELECT last_read_post_number FROM forum.topic_visits WHERE user_id = :userId AND topic_id = :topicId',
);
const count = statement(
  `SELECT (SELECT count(*) FROM forum.topics WHERE deleted_at IS NULL) AS topics,
          (SELECT count(*) FROM forum.posts WHERE deleted_at IS NULL) AS posts`,
);
const countTopics = (condition: string) =>
  statement(`SELECT count(*) AS count FROM forum.topics WHERE deleted_at IS NULL AND ${condition}`);
const countNew = countTopics(IS_NEW);
const countUnread = countTopics(IS_UNREAD);
const tracked = statement(
  `SELECT topics.*, ${HIGHEST} AS highest_post_number, (SELECT last_read_post_number ${VISITS}) AS last_read_post_number,
     CASE WHEN user_id = :userId THEN 1 ELSE 0 END AS is_own
   FROM forum.topics WHERE deleted_at IS NULL AND ((${IS_NEW}) OR (${IS_UNREAD})) ORDER BY id DESC LIMIT :limit`,
);

/** Creates the store of categories, topics and posts. */
export function createTopics(database: Database, notifications: Pick<Notifications, 'addForPost'>): Topics {
  const first = async (query: Query) => (await database.run(query))[0];
  const posts = async (query: Query) => (await database.run(query)).map(postFromRow);

  function* addPost(reply: NewReply): Work<Post> {
    const [row = {}] = yield insertPost({ ...reply });
    const post = postFromRow(row);
    yield* notifications.addForPost(post);
    return post;
  }

  function* addTopic({ title, categoryId, ...post }: NewTopic): Work<Post> {
    const { userId, createdAt } = post;
    const [row] = yield insertTopic({ title, slug: slugify(title), categoryId, userId, createdAt });
    return yield* addPost({ ...post, topicId: Number(row?.id), replyToPostNumber: null });
  }

  function* addReply(reply: NewReply): Work<Post> {
    yield bump({ bumpedAt: reply.createdAt, id: reply.topicId });
    return yield* addPost(reply);
  }

  return {
    categories: async () => (await database.run(allCategories())).map(categoryFromRow),
    *addCategory({ name, slug, color, description }) {
      const [row] = yield insertCategory({ name, slug, color, description });
      return Number(row?.id);
    },
    addTopic,
    addReply,
    list: async ({ kind, ...filter }, { limit, offset }) =>
      (await database.run(lists[kind]({ ...filter, limit, offset }))).map(topicFromRow),
    async find(id) {
      const row = isId(id) ? await first(topicById({ id })) : undefined;
      return row ? topicFromRow(row) : null;
    },
    create: (topic) => database.transaction(() => addTopic(topic)),
    reply: (reply) => database.transaction(() => addReply(reply)),
    posts: (topicId) => posts(postsOf({ topicId })),
    async findPost(id) {
      const row = isId(id) ? await first(postById({ id })) : undefined;
      return row ? postFromRow(row) : null;
    },
    async editPost(id, raw, updatedAt) {
      await database.run(updatePost({ id, raw, updatedAt }));
    },
    async updateTopic(id, { title, categoryId }) {
      await database.run(updateTopic({ id, title, slug: slugify(title), categoryId }));
    },
    async deletePost({ id, topicId, postNumber }, deletedAt) {
      await database.run(
        postNumber === 1 ? deleteTopic({ topicId, deletedAt }) : deletePost({ id, deletedAt }),
      );
    },
    search: createPostSearch(database),
    postsSince: (id, limit) => posts(postsAfter({ id, limit })),
    lastPostId: async () => Number((await first(lastPost()))?.id),
    async markRead(userId, { id, highestPostNumber }) {
      await database.run(visit({ userId, topicId: id, postNumber: highestPostNumber }));
    },
    async findLastRead(userId, topicId) {
      const row = await first(lastRead({ userId, topicId }));
      return row ? Number(row.last_read_post_number) : null;
    },
    async counts() {
      const row = await first(count());
      return { topics: Number(row?.topics), posts: Number(row?.posts) };
    },
    countsFor: async (userId) => ({
      new: Number((await first(countNew({ userId })))?.count),
      unread: Number((await first(countUnread({ userId })))?.count),
    }),
    tracking: async (userId, limit) =>
      (await database.run(tracked({ userId, limit }))).map(trackedTopicFromRow),
  };
}
