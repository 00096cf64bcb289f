/** The stylesheet of every page: phone and desktop, light and dark. */
export const stylesheet = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f5f2, #17181a);
  --card: light-dark(#ffffff, #202225);
  --ink: light-dark(#1c1d1f, #ececea);
  --soft: light-dark(#5b5d61, #a9abaf);
  --line: light-dark(#dedcd6, #3a3d41);
  --accent: light-dark(#6b2f6e, #d9a5db);
  --on-accent: light-dark(#ffffff, #2b122c);
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
header { background: var(--card); border-bottom: 1px solid var(--line); }
nav { max-width: 52rem; margin: 0 auto; padding: .75rem 1.25rem; display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; }
nav a { color: var(--soft); text-decoration: none; }
nav a:hover { color: var(--ink); text-decoration: underline; }
nav .home { color: var(--accent); font-weight: 700; }
.spacer { flex: 1; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.625rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; text-wrap: balance; }
h2 { font-size: 1.125rem; margin: 2rem 0 .75rem; }
p { margin: 0 0 .75rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
.soft { color: var(--soft); font-size: .9375rem; }
.bar { display: flex; flex-wrap: wrap; gap: .75rem; align-items: baseline; justify-content: space-between; margin-bottom: 1rem; }
ul.topics { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
h1 + ul.topics { margin-top: 1rem; }
ul.topics li { padding: .875rem 1.125rem; border-bottom: 1px solid var(--line); }
ul.topics li:last-child { border-bottom: 0; }
ul.topics a.title { font-weight: 600; text-decoration: none; overflow-wrap: anywhere; }
ul.topics a.title:hover { text-decoration: underline; }
ul.topics .soft { display: block; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.25rem .5rem; margin: 0 0 1rem; display: grid; grid-template-columns: 2.75rem 1fr; gap: 0 1rem; }
article img { width: 2.75rem; height: 2.75rem; border-radius: 50%; grid-row: span 2; }
article .by { color: var(--soft); font-size: .9375rem; margin-bottom: .375rem; }
article .by a { font-weight: 600; text-decoration: none; }
label { display: block; font-weight: 600; margin: 1rem 0 .375rem; }
input[type=text], input[type=email], input[type=password], input[type=search], select, textarea {
  width: 100%; font: inherit; padding: .625rem .75rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: var(--ink);
}
textarea { min-height: 9rem; resize: vertical; }
.narrow { max-width: 26rem; margin: 0 auto; }
.error { border-left: 4px solid #b3541e; margin: 1rem 0; padding: .5rem 1rem; background: var(--card); }
button, .button {
  font: inherit; font-weight: 600; margin-top: 1rem; padding: .625rem 1.25rem; min-height: 2.75rem; border-radius: 8px; border: 0; cursor: pointer;
  background: var(--accent); color: var(--on-accent); text-decoration: none; display: inline-block;
}
.bar .button { margin-top: 0; }
form.inline { display: inline; }
button.link { margin: 0; padding: 0; min-height: 0; background: none; color: var(--soft); font-weight: 400; }
button.link:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (max-width: 34rem) {
  nav { padding: .75rem 1rem; gap: .25rem 1rem; }
  .spacer { flex-basis: 100%; }
  main { padding: 1.25rem 1rem 3rem; }
  article { grid-template-columns: 1fr; }
  article img { display: none; }
}
`;
