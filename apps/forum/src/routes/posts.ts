import type { Post, Topic } from '../data/topic-rows.ts';
import { isStaff } from '../data/users.ts';
import { ForumError, invalidParameter, invalidPost, notAllowed, notFound } from '../http/forum-error.ts';
import { type Body, readId, readText } from '../http/read-body.ts';
import type { Route, RouteContext, UserContext } from '../http/route.ts';
import { inLayout } from '../pages/in-layout.ts';
import { newTopicForm, rejectedReplyPage } from '../pages/post-forms.ts';
import { pushPost } from '../push-post.ts';
import type { PostInTopic } from '../shapes/post-topic.ts';
import { mayChange, postShape } from '../shapes/topic-shape.ts';

/** Discourse's defaults. */
const TITLE = { min: 15, max: 255 };
const FIRST_POST_MIN = 20;
const REPLY_MIN = 5;
const RAW_MAX = 32_000;

/** Creates a topic, or a reply if `topic_id` is given. */
async function createPost(context: UserContext): Promise<PostInTopic> {
  const { forum, body, user, now } = context;
  const topicId = readId(body, 'topic_id');
  const replyToPostNumber = readId(body, 'reply_to_post_number');
  const post =
    topicId === null
      ? await forum.topics.create({
          ...readNewTopic(
            body,
            (await forum.topics.categories()).map(({ id }) => id),
          ),
          userId: user.id,
          createdAt: now,
        })
      : await forum.topics.reply({
          topicId: await existing(topicId),
          replyToPostNumber,
          raw: readRaw(body, REPLY_MIN),
          userId: user.id,
          createdAt: now,
        });
  const topic = await forum.topics.find(post.topicId);
  if (!topic) throw notFound();
  await forum.topics.markRead(user.id, topic);
  await pushPost(context, post);
  return { post, topic };

  async function existing(id: number): Promise<number> {
    if (!(await forum.topics.find(id))) throw notFound();
    const posts = replyToPostNumber === null ? [] : await forum.topics.posts(id);
    const hasPost = posts.some(({ postNumber }) => postNumber === replyToPostNumber);
    if (replyToPostNumber !== null && !hasPost)
      throw invalidParameter('There is no post with this reply_to_post_number in the topic.');
    return id;
  }
}

function readNewTopic(body: Body, categoryIds: readonly number[]) {
  const title = readText(body, 'title').trim().replace(/\s+/g, ' ');
  const raw = readText(body, 'raw').trim();
  const problems = [...titleProblems(title), ...rawProblems(raw, FIRST_POST_MIN)];
  if (problems.length > 0) throw invalidPost(problems);
  const categoryId = readId(body, 'category') ?? categoryIds[0] ?? 1;
  if (!categoryIds.includes(categoryId)) throw invalidParameter('There is no such category.');
  return { title, raw, categoryId };
}

function readRaw(body: Body, min: number): string {
  const raw = readText(body, 'raw').trim();
  const problems = rawProblems(raw, min);
  if (problems.length > 0) throw invalidPost(problems);
  return raw;
}

export function titleProblems(title: string): string[] {
  if (title.length < TITLE.min) return [`Title is too short (minimum is ${TITLE.min} characters)`];
  return title.length > TITLE.max ? [`Title is too long (maximum is ${TITLE.max} characters)`] : [];
}

function rawProblems(raw: string, min: number): string[] {
  if (raw.length < min) return [`Body is too short (minimum is ${min} characters)`];
  return raw.length > RAW_MAX ? [`Body is too long (maximum is ${RAW_MAX} characters)`] : [];
}

/** Returns the post of the path. @throws ForumError 404 if it or its topic was deleted */
export async function findPost({ forum, parameters }: RouteContext): Promise<PostInTopic> {
  const post = await forum.topics.findPost(Number(parameters.id));
  const topic = post && (await forum.topics.find(post.topicId));
  if (!post || !topic) throw notFound();
  return { post, topic };
}

async function findOwnPost(context: UserContext): Promise<PostInTopic> {
  const found = await findPost(context);
  if (!mayChange(context.user, found.post)) throw notAllowed();
  return found;
}

/** Rejects users other than staff for the first post of a topic with replies, because it deletes the whole topic. */
export function checkDeletable({ user }: UserContext, post: Post, topic: Topic): void {
  if (post.postNumber === 1 && topic.postsCount > 1 && !isStaff(user))
    throw new ForumError(403, ['This topic has replies, so only staff can delete it.'], 'invalid_access');
}

/** Reads `{post: {raw}}`, which Discourse's front end sends, or a plain `raw`. */
function readEdit(body: Body): string {
  const nested = body.post;
  return readRaw(typeof nested === 'object' && nested !== null ? (nested as Body) : body, REPLY_MIN);
}

/** Renders the form again, with the problems and the user's input. */
async function rejectedPost(context: UserContext, problems: readonly string[]) {
  const { forum, body, session } = context;
  const draft = {
    title: readText(body, 'title'),
    raw: readText(body, 'raw'),
    category: readText(body, 'category'),
    problems,
  };
  const csrfToken = session?.csrfToken ?? '';
  const topic = await forum.topics.find(readId(body, 'topic_id') ?? 0);
  const content = topic
    ? rejectedReplyPage(topic, csrfToken, draft)
    : newTopicForm(await forum.topics.categories(), csrfToken, draft);
  return inLayout(context, topic?.title ?? 'New topic', content);
}

const postPath = (post: Post, topic: Topic): string => `/t/${topic.slug}/${topic.id}#post-${post.postNumber}`;

export const postRoutes: readonly Route[] = [
  {
    name: 'posts#create',
    method: 'POST',
    path: '/posts',
    who: 'user',
    boundFields: ['topic_id'],
    async json(context) {
      const { post, topic } = await createPost(context);
      return postShape(context.forum, post, topic, context.user);
    },
    async html(context) {
      try {
        const { post, topic } = await createPost(context);
        return context.c.redirect(postPath(post, topic), 303);
      } catch (error) {
        if (!(error instanceof ForumError) || error.status !== 422) throw error;
        return context.c.html(await rejectedPost(context, error.errors), 422);
      }
    },
  },
  {
    name: 'posts#show',
    method: 'GET',
    path: '/posts/:id{[0-9]+}',
    who: 'public',
    async json(context) {
      const { post, topic } = await findPost(context);
      return postShape(context.forum, post, topic, context.user);
    },
    async html(context) {
      const { post, topic } = await findPost(context);
      return context.c.redirect(postPath(post, topic), 303);
    },
  },
  {
    name: 'posts#update',
    method: 'PUT',
    path: '/posts/:id{[0-9]+}',
    who: 'user',
    async json(context) {
      const { post, topic } = await findOwnPost(context);
      await context.forum.topics.editPost(post.id, readEdit(context.body), context.now);
      const edited = await context.forum.topics.findPost(post.id);
      if (!edited) throw new ForumError(409, ['The post was deleted in the meantime.']);
      return { post: postShape(context.forum, edited, topic, context.user) };
    },
  },
  {
    name: 'posts#destroy',
    method: 'DELETE',
    path: '/posts/:id{[0-9]+}',
    who: 'user',
    async json(context) {
      const { post, topic } = await findOwnPost(context);
      checkDeletable(context, post, topic);
      await context.forum.topics.deletePost(post, context.now);
      return { success: 'OK' };
    },
  },
];
