import { expect, test } from 'vitest';
import { findPageText } from './find-page-text.ts';

/** `@{` stands for a placeholder in the samples. */
const problemsOf = (source: string) =>
  findPageText('page.ts', source.replaceAll('@{', '${')).map((line) => line.split('"')[1]);

test.each([
  ['text', 'html`<p>Hello</p>`', 'Hello'],
  ['text between values', 'html`<p>@{a} by @{b}</p>`', '… by …'],
  ['text before a tag', 'html`Hello <b>@{name}</b>`', 'Hello'],
  ['text alone', 'html`Hello`', 'Hello'],
  ['text in another script', 'html`<p>ようこそ</p>`', 'ようこそ'],
  ['text after an attribute with >', 'html`<a href="x?a>b">Back</a>`', 'Back'],
  ['an aria-label', 'html`<nav aria-label="Pages"></nav>`', 'Pages'],
  ['part of an aria-label', 'html`<button aria-label="Copy @{name}"></button>`', 'Copy …'],
  ['a title', 'html`<a title="Back"></a>`', 'Back'],
  ['an alt', 'html`<img alt="Logo">`', 'Logo'],
  ['a placeholder', 'html`<input placeholder="Name" />`', 'Name'],
  ['the value of a button', 'html`<input type="submit" value="Save" />`', 'Save'],
  ['a literal text', "html`<p>@{isNew ? 'New' : ''}</p>`", 'New'],
  ['a literal text after &&', "html`<p>@{isNew && 'New'}</p>`", 'New'],
  ['a template text', 'html`<p>@{`New @{a}`}</p>`', 'New'],
  ['text in a nested template', 'html`<ul>@{items.map((a) => html`<li>No @{a}</li>`)}</ul>`', 'No …'],
])('findPageText: finds %s', (_name, source, text) => {
  expect(problemsOf(source)).toEqual([text]);
});

test.each([
  'html`<p class="note">@{t.hello}</p>`',
  'html`<!doctype html><title>@{title} · @{name}</title>`',
  'html`<input type="checkbox" name="scope:@{name}" value="1" @{checked ? "checked" : ""} />`',
  'html`<input type="hidden" name="id" value="a" /><option value="all">@{all}</option>`',
  'html`<input placeholder="@{EXAMPLE}" aria-describedby="hint" />`',
  'html`aria-describedby="mistake about-@{place}" aria-invalid="true"`',
  'html`<a href="@{path}/new" aria-label="@{label}">@{text}</a>: 1, 2…&nbsp;`',
  "css`p { color: red }`; const text = 'Hello';",
])('findPageText: allows %s', (source) => {
  expect(problemsOf(source)).toEqual([]);
});
