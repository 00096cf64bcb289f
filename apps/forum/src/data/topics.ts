import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './database.ts';
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

export interface NewReply {
  readonly topicId: number;
  /** A post of this topic; null for a reply to the topic. */
  readonly replyToPostNumber: number | null;
  readonly raw: string;
  readonly userId: number;
  readonly createdAt: number;
}

export interface Topics {
  categories(): Category[];
  createCategory(category: Omit<Category, 'id' | 'topicCount'>): number;
  list(filter: TopicFilter, page: { limit: number; offset: number }): Topic[];
  find(id: number): Topic | null;
  /** Notifies the users that it mentions. */
  create(topic: { title: string; raw: string; categoryId: number; userId: number; createdAt: number }): Post;
  /** Notifies the users that it mentions, and the authors of the post it replies to and of the topic. */
  reply(post: NewReply): Post;
  posts(topicId: number): Post[];
  findPost(id: number): Post | null;
  editPost(id: number, raw: string, updatedAt: number): void;
  updateTopic(id: number, changes: { title: string; categoryId: number }): void;
  /** Deletes the topic with its first post. */
  deletePost(post: Post, deletedAt: number): void;
  /** Returns posts that contain the text, newest first; bounded in time. */
  search(text: string, limit: number): Post[];
  /** Returns those after `id`, oldest first. */
  postsSince(id: number, limit: number): Post[];
  /** Returns the highest post id, deleted posts included; 0 if there are none. */
  lastPostId(): number;
  markRead(userId: number, topic: Topic): void;
  /** Returns the post number; null if this user never opened the topic. */
  findLastRead(userId: number, topicId: number): number | null;
  counts(): { topics: number; posts: number };
  /** Returns how many topics are new and unread for this user. */
  countsFor(userId: number): { new: number; unread: number };
  /** Returns the topics that are new or unread for this user, newest first. */
  tracking(userId: number, limit: number): TrackedTopic[];
}

const HIGHEST = '(SELECT max(post_number) FROM posts WHERE topic_id = topics.id)';

const TOPICS = `SELECT topics.*, ${HIGHEST} AS highest_post_number,
    (SELECT count(*) FROM posts WHERE topic_id = topics.id AND deleted_at IS NULL) AS posts_count,
    (SELECT user_id FROM posts WHERE topic_id = topics.id AND deleted_at IS NULL
     ORDER BY post_number DESC LIMIT 1) AS last_poster_id
  FROM topics`;

const VISITS = 'FROM topic_visits WHERE topic_visits.topic_id = topics.id AND topic_visits.user_id = :who';

const LISTS = {
  latest: ':who IS NULL',
  category: 'category_id = :who',
  new: `user_id <> :who AND NOT EXISTS (SELECT 1 ${VISITS})`,
  unread: `${HIGHEST} > (SELECT last_read_post_number ${VISITS})`,
} as const;

/** Creates the store of categories, topics and posts. */
export function createTopics(database: DatabaseSync, notifications: Notifications): Topics {
  const sql = (text: string) => database.prepare(text);
  const list = (condition: string) =>
    sql(
      `${TOPICS} WHERE deleted_at IS NULL AND ${condition} ORDER BY bumped_at DESC, id DESC LIMIT :limit OFFSET :offset`,
    );
  const lists = {
    latest: list(LISTS.latest),
    category: list(LISTS.category),
    new: list(LISTS.new),
    unread: list(LISTS.unread),
  };
  const top = sql(
    `${TOPICS} WHERE deleted_at IS NULL AND bumped_at >= :since ORDER BY posts_count DESC, id DESC LIMIT :limit OFFSET :offset`,
  );
  const filtered = list(
    '(:category IS NULL OR category_id = :category) AND (:author IS NULL OR user_id = :author)',
  );
  const updateTopic = sql('UPDATE topics SET title = ?, slug = ?, category_id = ? WHERE id = ?');
  const allCategories = sql(
    `SELECT *, (SELECT count(*) FROM topics WHERE category_id = categories.id AND deleted_at IS NULL) AS topic_count
     FROM categories ORDER BY id`,
  );
  const insertCategory = sql('INSERT INTO categories (name, slug, color, description) VALUES (?, ?, ?, ?)');
  const topicById = sql(`${TOPICS} WHERE id = ? AND deleted_at IS NULL`);
  const insertTopic = sql(
    'INSERT INTO topics (title, slug, category_id, user_id, created_at, bumped_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertPost = sql(
    `INSERT INTO posts (topic_id, post_number, user_id, raw, created_at, updated_at, reply_to_post_number)
     VALUES (:topic, (SELECT coalesce(max(post_number), 0) + 1 FROM posts WHERE topic_id = :topic), :user, :raw, :at, :at, :replyTo)
     RETURNING *`,
  );
  const bump = sql('UPDATE topics SET bumped_at = ? WHERE id = ?');
  const postsOf = sql('SELECT * FROM posts WHERE topic_id = ? AND deleted_at IS NULL ORDER BY post_number');
  const postById = sql('SELECT * FROM posts WHERE id = ? AND deleted_at IS NULL');
  const updatePost = sql('UPDATE posts SET raw = ?, updated_at = ?, version = version + 1 WHERE id = ?');
  const deletePost = sql('UPDATE posts SET deleted_at = ? WHERE id = ?');
  const deleteTopic = sql('UPDATE topics SET deleted_at = ? WHERE id = ?');
  const postsAfter = sql(
    `SELECT posts.* FROM posts JOIN topics ON topics.id = posts.topic_id
     WHERE posts.id > ? AND posts.deleted_at IS NULL AND topics.deleted_at IS NULL ORDER BY posts.id LIMIT ?`,
  );
  const lastPost = sql('SELECT coalesce(max(id), 0) AS id FROM posts');
  const visit = sql(
    `INSERT INTO topic_visits VALUES (?, ?, ?) ON CONFLICT (user_id, topic_id)
     DO UPDATE SET last_read_post_number = max(last_read_post_number, excluded.last_read_post_number)`,
  );
  const lastRead = sql('SELECT last_read_post_number FROM topic_visits WHERE user_id = ? AND topic_id = ?');
  const count = sql(
    `SELECT (SELECT count(*) FROM topics WHERE deleted_at IS NULL) AS topics,
            (SELECT count(*) FROM posts WHERE deleted_at IS NULL) AS posts`,
  );
  const countTopics = (condition: string) =>
    sql(`SELECT count(*) AS count FROM topics WHERE deleted_at IS NULL AND ${condition}`);
  const countNew = countTopics(LISTS.new);
  const countUnread = countTopics(LISTS.unread);
  const tracked = sql(
    `SELECT topics.*, ${HIGHEST} AS highest_post_number, (SELECT last_read_post_number ${VISITS}) AS last_read_post_number,
       user_id = :who AS is_own
     FROM topics WHERE deleted_at IS NULL AND ((${LISTS.new}) OR (${LISTS.unread})) ORDER BY id DESC LIMIT :limit`,
  );

  const addPost = ({ topicId, replyToPostNumber, raw, userId, createdAt }: NewReply): Post =>
    postFromRow(
      insertPost.get({ topic: topicId, user: userId, raw, at: createdAt, replyTo: replyToPostNumber }) ?? {},
    );

  return {
    categories: () => allCategories.all().map(categoryFromRow),
    createCategory: ({ name, slug, color, description }) =>
      Number(insertCategory.run(name, slug, color, description).lastInsertRowid),
    list(filter, page) {
      if (filter.kind === 'top') return top.all({ since: filter.since, ...page }).map(topicFromRow);
      if (filter.kind === 'filtered') {
        const { categoryId: category, userId: author } = filter;
        return filtered.all({ category, author, ...page }).map(topicFromRow);
      }
      const who = 'userId' in filter ? filter.userId : 'categoryId' in filter ? filter.categoryId : null;
      return lists[filter.kind].all({ who, ...page }).map(topicFromRow);
    },
    find(id) {
      const row = topicById.get(id);
      return row ? topicFromRow(row) : null;
    },
    create: ({ title, raw, categoryId, userId, createdAt }) =>
      inTransaction(database, () => {
        const made = insertTopic.run(title, slugify(title), categoryId, userId, createdAt, createdAt);
        const topicId = Number(made.lastInsertRowid);
        const post = addPost({ topicId, replyToPostNumber: null, raw, userId, createdAt });
        notifications.addForPost(post);
        return post;
      }),
    reply: (reply) =>
      inTransaction(database, () => {
        bump.run(reply.createdAt, reply.topicId);
        const post = addPost(reply);
        notifications.addForPost(post);
        return post;
      }),
    posts: (topicId) => postsOf.all(topicId).map(postFromRow),
    findPost(id) {
      const row = postById.get(id);
      return row ? postFromRow(row) : null;
    },
    editPost: (id, raw, updatedAt) => void updatePost.run(raw, updatedAt, id),
    updateTopic: (id, { title, categoryId }) => void updateTopic.run(title, slugify(title), categoryId, id),
    deletePost: ({ id, topicId, postNumber }, deletedAt) =>
      void (postNumber === 1 ? deleteTopic.run(deletedAt, topicId) : deletePost.run(deletedAt, id)),
    search: createPostSearch(database),
    postsSince: (id, limit) => postsAfter.all(id, limit).map(postFromRow),
    lastPostId: () => Number(lastPost.get()?.id),
    markRead: (userId, topic) => void visit.run(userId, topic.id, topic.highestPostNumber),
    findLastRead(userId, topicId) {
      const row = lastRead.get(userId, topicId);
      return row ? Number(row.last_read_post_number) : null;
    },
    counts() {
      const row = count.get() ?? {};
      return { topics: Number(row.topics), posts: Number(row.posts) };
    },
    countsFor: (who) => ({
      new: Number(countNew.get({ who })?.count),
      unread: Number(countUnread.get({ who })?.count),
    }),
    tracking: (who, limit) => tracked.all({ who, limit }).map(trackedTopicFromRow),
  };
}
