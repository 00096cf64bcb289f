/** One calm sheet for all pages: phone and desktop, light and dark, no fonts or pictures from elsewhere. */
export const stylesheet = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f5f2, #17181a);
  --card: light-dark(#ffffff, #202225);
  --ink: light-dark(#1c1d1f, #ececea);
  --soft: light-dark(#5b5d61, #a9abaf);
  --line: light-dark(#dedcd6, #3a3d41);
  --accent: light-dark(#1d5c4a, #7fd1b4);
  --on-accent: light-dark(#ffffff, #10241d);
  --warn: light-dark(#8a3c0b, #f2b27f);
  --warn-ground: light-dark(#fdf3e7, #33271c);
  --icon-ground: #ffffff;
  --font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --radius: 8px;
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 var(--font);
}
header { padding: 1rem 1.5rem; max-width: 38rem; margin: 0 auto; }
header a { color: var(--soft); text-decoration: none; font-weight: 600; }
header a:hover { color: var(--ink); }
main {
  max-width: 38rem; margin: 0 auto 3rem; padding: 1.5rem 1.5rem 1.25rem;
  background: var(--card); border: 1px solid var(--line); border-radius: calc(var(--radius) * 1.5);
}
.language { max-width: 38rem; margin: -1.5rem auto 2rem; padding: 0 1.5rem; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; color: var(--soft); font-size: .875rem; }
.language label { margin: 0; font-weight: 400; }
.language :is(select, button) { width: auto; margin: 0; padding: .25rem .75rem; font-size: inherit; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; overflow-wrap: anywhere; text-wrap: balance; }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
main > h2 { font-size: 1.25rem; margin-top: 2rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
code { font: .875em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.who, .fine { color: var(--soft); }
.fine { font-size: .875rem; margin: 1rem 0 0; }
.help { color: var(--soft); font-size: .875rem; margin-top: -.75rem; }
.fine:empty { display: none; }
.note { border-inline-start: 4px solid var(--warn); background: var(--warn-ground); padding: .75rem 1rem; border-radius: 4px; }
.warning { color: var(--warn); }
ul.scopes { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
ul.scopes li { padding: .625rem 0; border-bottom: 1px solid var(--line); }
ul.scopes code { color: var(--soft); }
ul.scopes .warning { display: block; font-size: .875rem; }
ul.scopes .dangerous { font-weight: 600; }
ul.scopes .dangerous .warning, ul.scopes code { font-weight: 400; }
ul.keys { list-style: none; margin: 0; padding: 0; }
ul.keys > li { border-top: 1px solid var(--line); padding: 1.25rem 0; }
ul.keys h2, ul.keys h3 { font-size: 1.125rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
ul.keys dl { margin: .75rem 0; }
ul.keys dl div { padding: .125rem 0; }
dl { margin: 1.25rem 0; }
dl div { display: grid; grid-template-columns: 10rem 1fr; gap: .25rem 1rem; padding: .375rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.host { font-size: 1em; font-weight: 600; }
.destination { margin-top: 1.25rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: var(--radius); }
.destination .host { display: inline-block; padding: 0 .5rem; border-radius: 4px; background: var(--ground); border: 1px solid var(--line); }
.who { display: flex; gap: .625rem; align-items: center; }
.who a { display: inline-block; }
.avatar { inline-size: 2rem; block-size: 2rem; border-radius: 50%; flex: none; }
span.avatar { display: grid; place-content: center; background: var(--line); color: var(--ink); font-weight: 600; }
.note p:last-child { margin: 0; }
.note p:has(+ ul) { margin: 0; }
.note ul { margin: .25rem 0 0; padding-inline-start: 1.25rem; }
.decision details { margin: .25rem 0 0; }
.decision details select { max-width: 20rem; }
.risk { font-size: .875rem; margin: 1rem 0 .375rem; color: var(--soft); text-transform: none; }
.risk.dangerous { color: var(--warn); }
.badge { display: inline-block; font-size: .75rem; font-weight: 600; padding: 0 .5rem; border: 1px solid currentcolor; border-radius: 1rem; color: var(--warn); }
ul.scopes .details { display: block; color: var(--soft); font-size: .875rem; font-weight: 400; }
.fine.hint { margin: 0 0 .375rem; }
summary { cursor: pointer; padding: .375rem 0; color: var(--soft); width: fit-content; }
input[type=checkbox], input[type=radio] { inline-size: 1.125rem; block-size: 1.125rem; flex: none; accent-color: var(--accent); margin: .1875rem .125rem 0; }
label { display: block; font-weight: 600; margin-bottom: .375rem; }
textarea {
  width: 100%; padding: .75rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--ground);
  color: var(--ink); font: .8125rem/1.5 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; resize: vertical;
  overflow-wrap: anywhere;
}
/* Keys, URLs and addresses are read from left to right on every page. */
code, textarea, input.code { direction: ltr; unicode-bidi: isolate; }
textarea, input.code { text-align: left; }
textarea[readonly] { field-sizing: content; }
form { margin-bottom: 1rem; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: start; }
.actions form { margin: 0; }
.actions details { flex: 1 1 12rem; margin: 0; }
.actions summary {
  width: fit-content; padding: .625rem 1.25rem; min-height: 2.75rem; border: 1px solid var(--line); border-radius: var(--radius);
  font-weight: 600; cursor: pointer;
}
.actions details form { margin-top: 1rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem; }
.buttons form { margin: 0; }
input[type=text], select {
  width: 100%; padding: .625rem .75rem; margin-bottom: 1.25rem; border: 1px solid var(--soft); border-radius: var(--radius);
  background: var(--ground); color: var(--ink); font: inherit; min-height: 2.75rem;
}
input.code { font: 1.5rem/1.5 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; letter-spacing: .1em; margin: 0; }
.code + .fine { margin-top: .375rem; }
fieldset { border: 0; margin: 0 0 1.25rem; padding: 0; }
legend { font-weight: 600; padding: 0; margin-bottom: .375rem; }
label.box { display: flex; gap: .75rem; align-items: baseline; margin: 0; font-weight: inherit; cursor: pointer; }
label.after, label.box + label:not(.box) { margin-top: 1.25rem; }
.after { margin-top: 1rem; }
button {
  font: inherit; font-weight: 600; padding: .625rem 1.25rem; min-height: 2.75rem; border-radius: var(--radius); cursor: pointer;
  border: 1px solid var(--line); background: transparent; color: var(--ink);
}
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button:hover { filter: brightness(1.08); border-color: var(--soft); }
:focus-visible, input[type=date]:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
form.filter { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem 1rem; align-items: end; padding: 1rem; background: var(--ground); border-radius: calc(var(--radius) * 1.25); }
form.filter :is(input, select, button) { block-size: 2.875rem; margin: 0; }
form.filter :is(input, select) { background: var(--card); }
.head { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; margin-bottom: .5rem; }
ul.keys .head h2 { margin: 0; }
.kind { color: var(--soft); font-size: .875rem; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .625rem; white-space: nowrap; }
a.quiet { align-self: center; padding: .625rem 0; }
.chart { max-width: 100%; height: auto; margin-inline-end: .75rem; vertical-align: bottom; }
.chart .allowed { fill: var(--accent); }
.chart .refused { fill: none; stroke: var(--warn); }
.chart .base { fill: none; stroke: var(--line); }
[dir=rtl] .chart { transform: scaleX(-1); }
ul.refusals { margin: .5rem 0; padding-inline-start: 1.25rem; }
table { border-collapse: collapse; margin: .5rem 0; font-size: .9375rem; }
th, td { padding-block: .25rem; padding-inline: 0 1rem; text-align: start; font-weight: 400; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
thead th { color: var(--soft); font-size: .875rem; }
.pages { display: flex; justify-content: space-between; gap: 1rem; }
.icon { inline-size: 2.5rem; block-size: 2.5rem; flex: none; object-fit: contain; padding: 2px; background: var(--icon-ground); border: 1px solid var(--line); border-radius: var(--radius); }
.head:has(.icon) { align-items: center; }
.title { display: flex; gap: .75rem; align-items: flex-start; margin-bottom: .75rem; }
.title h1 { margin: 0; align-self: center; min-inline-size: 0; }
form.rename { margin-top: 1.5rem; }
.actions + p { margin-top: 1.25rem; }
.bulk { margin: 1.5rem 0 .5rem; }
.bulk-choice { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; border-top: 1px solid var(--line); padding: .75rem 0; margin: 0; }
.bulk-choice p { margin: 0; }
@media (max-width: 34rem) {
  header { padding: .875rem 1.25rem; }
  .language { margin: 1.25rem 0; padding: 0 1.25rem; }
  main { margin: 0; border-width: 1px 0; border-radius: 0; padding: 1.25rem; }
  dl div { grid-template-columns: 1fr; gap: 0; padding: .5rem 0; }
  .buttons { flex-direction: column; }
  button { width: 100%; }
  .actions { flex-direction: column; align-items: stretch; }
  .actions details { flex: none; }
  .actions summary { width: auto; text-align: center; }
}
`;
