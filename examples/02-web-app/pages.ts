/** The page of the app, for a signed-in user or for null. */
export function homePage(username: string | null): string {
  return username === null
    ? page('You are not signed in.', button('/sign-in', 'Connect your forum account'))
    : page(`You are ${username}.`, TOPIC_FORM + button('/sign-out', 'Sign out'));
}

export const messagePage = (sentence: string): string => page(sentence, '<p><a href="/">Back</a></p>');

const TOPIC_FORM = `<form method="post" action="/topics">
  <p><label>Title <input name="title" required></label></p>
  <p><label>Text <textarea name="raw" required></textarea></label></p>
  <button>Post</button>
</form>`;

const button = (action: string, text: string): string =>
  `<form method="post" action="${action}"><button>${text}</button></form>`;

function page(sentence: string, content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Plum Planner</title><h1>Plum Planner</h1><p>${escapeHtml(sentence)}</p>${content}</html>`;
}

/** Escapes names and messages of the forum: they must not be parsed as markup. */
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
