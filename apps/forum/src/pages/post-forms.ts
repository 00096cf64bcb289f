import { html } from 'hono/html';
import type { Category, Topic } from '../data/topic-rows.ts';
import type { Html } from './layout.ts';

/** The rejected input of a form, and its problems. */
interface Draft {
  readonly title: string;
  readonly raw: string;
  /** The id of the selected category, as text. */
  readonly category: string;
  readonly problems: readonly string[];
}

const EMPTY: Draft = { title: '', raw: '', category: '', problems: [] };

export function replyForm(topic: Topic, csrfToken: string, draft = EMPTY): Html {
  return html`${problemList(draft)}
    <form method="post" action="/posts">
      <input type="hidden" name="authenticity_token" value="${csrfToken}" />
      <input type="hidden" name="topic_id" value="${topic.id}" />
      <label for="raw">Your reply</label>
      <textarea id="raw" name="raw" required minlength="5">${draft.raw}</textarea>
      <button type="submit">Reply</button>
    </form>`;
}

/** Shows the form of a rejected reply without the topic's posts. */
export function rejectedReplyPage(topic: Topic, csrfToken: string, draft: Draft): Html {
  return html`<h1>${topic.title}</h1>
    ${replyForm(topic, csrfToken, draft)}`;
}

export function newTopicForm(categories: readonly Category[], csrfToken: string, draft = EMPTY): Html {
  return html`<h1>New topic</h1>
    ${problemList(draft)}
    <form method="post" action="/posts">
      <input type="hidden" name="authenticity_token" value="${csrfToken}" />
      <label for="title">Title</label>
      <input type="text" id="title" name="title" value="${draft.title}" required minlength="15" maxlength="255" />
      <label for="category">Category</label>
      <select id="category" name="category">
        ${categories.map(({ id, name }) => {
          const selected = draft.category === String(id) ? html` selected` : '';
          return html`<option value="${id}"${selected}>${name}</option>`;
        })}
      </select>
      <label for="raw">Text</label>
      <textarea id="raw" name="raw" required minlength="20">${draft.raw}</textarea>
      <button type="submit">Create topic</button>
    </form>`;
}

function problemList({ problems }: Draft): Html {
  return html`${problems.map((problem) => html`<p class="error" role="alert">${problem}</p>`)}`;
}
