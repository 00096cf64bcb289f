/** The rules for the admin pages, in addition to those for all pages. */
export const adminStylesheet = `/* The sticky bar with the Save button must not cover a focused field. */
html:has(.sticky) { scroll-padding-bottom: 6rem; }
body:has(nav.admin) > :is(header, main, form.language) { max-width: 54rem; }
nav.admin ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: -.5rem 0 1.5rem; padding: 0; border-bottom: 1px solid var(--line); }
nav.admin a { display: block; padding: .625rem 0; color: var(--soft); text-decoration: none; border-bottom: 3px solid transparent; margin-bottom: -1px; }
nav.admin a:hover { color: var(--ink); }
nav.admin a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
ul.cards { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 1rem; }
ul.cards > li { border: 1px solid var(--line); border-radius: calc(var(--radius) * 1.25); padding: 1rem 1.25rem; }
ul.cards h2 { margin: 0 0 .375rem; font-size: 1.125rem; }
ul.cards p { margin: 0; }
ul.cards .fine { margin-top: .5rem; }
.done { border-inline-start: 4px solid var(--accent); padding: .75rem 1rem; background: var(--ground); border-radius: 4px; }
ul.patterns { list-style: none; margin: 0; padding: 0; }
ul.patterns > li { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; justify-content: space-between; padding: .625rem 0; border-top: 1px solid var(--line); }
ul.patterns .fine { margin: 0; }
h2 > code { overflow-wrap: anywhere; }
ul.patterns form { margin: 0; }
ul.examples { list-style: none; margin: 0; padding: 0; }
ul.examples code, ul.patterns code, div.wide code { overflow-wrap: anywhere; }
ul.examples li { padding: .125rem 0; }
nav.sections ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0 0 1rem; padding: 0; }
nav.sections a { display: block; padding: .5rem 0; }
nav.sections a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
form.filter label.box { align-items: center; }
form.filter label.box input { block-size: auto; }
div.note { margin-bottom: 1rem; }
.fine.first { margin: 0 0 1rem; }
form.settings h2 { font-size: 1.125rem; margin: 2rem 0 0; padding-bottom: .5rem; border-bottom: 1px solid var(--line); }
.setting { padding: 1rem 0 .5rem; scroll-margin-top: 1rem; }
.setting + .setting { border-top: 1px solid var(--line); }
.setting label { margin-bottom: .25rem; }
.setting label code { font-size: .9375rem; font-weight: 600; }
.setting p { margin: 0 0 .625rem; }
.setting .fine { display: block; margin: .125rem 0 0; }
.setting .short { max-width: 16rem; margin: 0; }
.setting input:is([type=text]), .setting select { margin: 0; }
.setting textarea { border-color: var(--soft); }
.setting input[type=password] { width: 100%; padding: .625rem .75rem; border: 1px solid var(--soft); border-radius: var(--radius); background: var(--ground); color: var(--ink); font: inherit; min-height: 2.75rem; }
[aria-invalid=true] { border-color: var(--warn) !important; outline: 1px solid var(--warn); }
[aria-invalid=true]:focus-visible { outline: 3px solid var(--accent); }
label.box { align-items: flex-start; }
.mistake, .setting .mistake { color: var(--warn); font-weight: 600; margin: .375rem 0; }
.mistake:empty { margin: 0; }
ul.explained { list-style: none; margin: .5rem 0; padding: 0; font-size: .9375rem; }
ul.explained li { padding-block: .375rem; padding-inline-start: .875rem; border-inline-start: 3px solid var(--line); margin-bottom: .375rem; }
ul.explained code { display: block; font-weight: 600; }
ul.explained .warning { display: block; }
.sticky { position: sticky; bottom: 0; margin: 1rem 0 0; padding: .75rem 0; background: var(--card); border-top: 1px solid var(--line); }
.bar { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; margin-bottom: 1rem; }
.bar h1 { margin: 0; }
.links { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; }
input[type=file] { display: block; width: 100%; padding: .5rem .75rem; min-height: 2.75rem; border: 1px solid var(--soft); border-radius: var(--radius); background: var(--ground); color: var(--ink); font: inherit; }
a.button { display: inline-block; font-weight: 600; padding: .625rem 1.25rem; border-radius: var(--radius); background: var(--accent); color: var(--on-accent); text-decoration: none; }
a.button:hover { filter: brightness(1.08); }
.fine.hint { margin: -.25rem 0 .375rem; }
input[type=text] + .mistake { margin: -.875rem 0 1.25rem; }
fieldset label.box { padding: .375rem 0; }
fieldset .scopes label.box { padding: 0; }
label.bind { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; margin-block: .375rem 0; margin-inline: 2.125rem 0; font-weight: 400; color: var(--soft); font-size: .9375rem; }
label.bind input[type=text] { margin: 0; max-width: 16rem; padding: .375rem .625rem; min-height: 2.25rem; }
code.address { display: block; color: var(--soft); }
details { margin: .5rem 0; }
details p { margin: .5rem 0 .75rem; }
ul.scopes .bound { display: block; font-weight: 400; color: var(--soft); font-size: .9375rem; }
ul.keys > li:target { border-inline-start: 3px solid var(--accent); padding-inline-start: 1rem; }
@media (min-width: 50rem) { form.filter { grid-template-columns: repeat(4, 1fr) auto; } }
input[type=date] { width: 100%; padding: .625rem .75rem; border: 1px solid var(--soft); border-radius: var(--radius); color: var(--ink); font: inherit; min-height: 2.75rem; }
/* A table that is wider than the screen scrolls by itself. */
div.wide { overflow-x: auto; margin-block: 1rem; }
div.wide table { min-width: 40rem; }
div.wide td { vertical-align: top; padding-block: .5rem; min-width: 5rem; }
div.wide .details { display: block; color: var(--soft); font-size: .875rem; }
ol.audit { list-style: none; margin: 1rem 0; padding: 0; }
ol.audit li { padding: .75rem 0; border-top: 1px solid var(--line); }
ol.audit p { margin: 0; }
@media (max-width: 34rem) {
  nav.admin ul { gap: 0 1.25rem; }
}
`;
