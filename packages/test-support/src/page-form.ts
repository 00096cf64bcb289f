/** Returns the fields that a browser would send for the first form with this action. */
export function readForm(page: string, action: string): Record<string, string> {
  const start = page.indexOf(`action="${action}"`);
  if (start < 0) throw new Error(`The page “${readTitle(page)}” has no form to ${action}.`);
  const form = page.slice(start, page.indexOf('</form>', start));
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<input [^>]*>/g)) {
    const name = attribute(tag, 'name');
    const isBox = /type="(checkbox|radio)"/.test(tag);
    if (name !== null && (!isBox || / checked\b/.test(tag)))
      fields[name] = attribute(tag, 'value') ?? (isBox ? 'on' : '');
  }
  for (const [, tag = '', text = ''] of form.matchAll(/<textarea ([^>]*)>\n?([\s\S]*?)<\/textarea>/g))
    fields[attribute(tag, 'name') ?? ''] = unescapeHtml(text);
  for (const [, tag = '', options = ''] of form.matchAll(/<select ([^>]*)>([\s\S]*?)<\/select>/g)) {
    const [, chosenTag = '', text = ''] = /<option ([^>]*\bselected\b[^>]*)>([^<]*)/.exec(options) ?? [];
    fields[attribute(tag, 'name') ?? ''] = attribute(chosenTag, 'value') ?? unescapeHtml(text);
  }
  return fields;
}

const readTitle = (page: string): string => /<title>([^<]*)/.exec(page)?.[1] ?? 'without a title';

function attribute(tag: string, name: string): string | null {
  const [, value] = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag) ?? [];
  return value === undefined ? null : unescapeHtml(value);
}

function unescapeHtml(text: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity, name: string) => entities[name] ?? entity);
}

/** A text that breaks out of attributes, texts and scripts that are not escaped correctly. */
export const HOSTILE = `"><img src=x onerror=alert(1)></textarea><script>alert(2)</script>'&lt;\${7*7}`;

/** Returns whether a part of it became markup. */
export const hasHostileMarkup = (page: string): boolean =>
  /<img src=x|<script>|alert\(1\)>/.test(page) || / on\w+=[^&]*alert\(1\)>/.test(page);
