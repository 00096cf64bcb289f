import { html } from 'hono/html';
import type { Category, Post, Topic } from '../data/topic-rows.ts';
import type { Forum } from '../forum-parts.ts';
import { cooked } from '../shapes/cook.ts';
import { authorOf } from '../shapes/topic-shape.ts';
import type { Html } from './layout.ts';
import { replyForm } from './post-forms.ts';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
/** Formats a date that does not wrap. */
const formatDay = (time: number): string => day.format(time).replaceAll(' ', '\u00a0');
const topicPath = (topic: Topic): string => `/t/${topic.slug}/${topic.id}`;

export interface TopicListParts {
  readonly heading: string;
  readonly topics: readonly Topic[];
  readonly categories: readonly Category[];
  readonly moreUrl: string | null;
  readonly mayPost: boolean;
}

export function topicListPage(forum: Forum, parts: TopicListParts): Html {
  const { heading, topics, categories, moreUrl, mayPost } = parts;
  const categoryName = (id: number) => categories.find((category) => category.id === id)?.name ?? '';
  return html`<div class="bar">
      <h1>${heading}</h1>
      ${mayPost ? html`<a class="button" href="/new-topic">New topic</a>` : ''}
    </div>
    ${topics.length === 0 ? html`<p class="soft">No topics.</p>` : ''}
    ${listOf(
      topics.map(
        (topic) => html`<li>
          <a class="title" href="${topicPath(topic)}">${topic.title}</a>
          <span class="soft">
            ${categoryName(topic.categoryId)} · ${authorOf(forum, topic.userId).username} ·
            ${topic.postsCount === 1 ? 'no replies' : `${topic.postsCount - 1} ${topic.postsCount === 2 ? 'reply' : 'replies'}`} ·
            ${formatDay(topic.bumpedAt)}
          </span>
        </li>`,
      ),
    )}
    ${moreUrl ? html`<p><a class="button" href="${moreUrl}">More topics</a></p>` : ''}`;
}

interface TopicParts {
  readonly topic: Topic;
  readonly posts: readonly Post[];
  readonly category: Category | null;
  /** Null if nobody is signed in: the page has no form for a reply then. */
  readonly csrfToken: string | null;
}

export function topicPage(forum: Forum, { topic, posts, category, csrfToken }: TopicParts): Html {
  return html`<h1>${topic.title}</h1>
    <p class="soft">in ${category?.name ?? ''}</p>
    ${posts.map((post) => postArticle(forum, post))}
    ${csrfToken === null ? signInToReply(topic) : replyForm(topic, csrfToken)}`;
}

function signInToReply(topic: Topic): Html {
  const login = `/login?${new URLSearchParams({ return_to: topicPath(topic) })}`;
  return html`<p class="soft"><a href="${login}">Sign in</a> to reply.</p>`;
}

function postArticle(forum: Forum, post: Post): Html {
  const { username, name } = authorOf(forum, post.userId);
  const path = encodeURIComponent(username);
  return html`<article id="post-${post.postNumber}">
    <img src="/letter_avatar/${path}/88.svg" alt="" />
    <div class="by"><a href="/u/${path}">${username}</a> ${name} · ${formatDay(post.createdAt)}</div>
    <div>${cooked(post.raw)}</div>
  </article>`;
}

export function categoriesPage(categories: readonly Category[]): Html {
  return html`<h1>Categories</h1>
    <ul class="topics">
      ${categories.map(
        (category) => html`<li>
          <a class="title" href="/c/${category.slug}/${category.id}">${category.name}</a>
          <span class="soft">${category.description} · ${category.topicCount} topics</span>
        </li>`,
      )}
    </ul>`;
}

export function searchPage(text: string, hits: readonly { topic: Topic; post: Post }[]): Html {
  return html`<h1>Search</h1>
    <form method="get" action="/search" role="search">
      <label for="q">Search terms</label>
      <input type="search" id="q" name="q" value="${text}" />
      <button type="submit">Search</button>
    </form>
    ${text === '' ? '' : html`<h2>${hits.length === 0 ? 'No results' : 'Results'}</h2>`}
    ${listOf(
      hits.map(
        ({ topic, post }) => html`<li>
          <a class="title" href="${topicPath(topic)}#post-${post.postNumber}">${topic.title}</a>
          <span class="soft">${post.raw.slice(0, 140)}</span>
        </li>`,
      ),
    )}`;
}

/** Renders nothing for an empty list, whose border would show as a line. */
const listOf = (items: readonly Html[]): Html | '' =>
  items.length === 0 ? '' : html`<ul class="topics">${items}</ul>`;
