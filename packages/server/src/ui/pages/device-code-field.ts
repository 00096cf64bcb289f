import { html } from 'hono/html';
import type { CodeProblem } from '../../issue/device/activation.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';

const EXAMPLE = 'ABCD-2345';

/** Returns why the user must enter a code again. It stands before the form, and screen readers announce it. */
export function codeProblem(problem: CodeProblem | null, { t }: PageContext): Html | '' {
  return problem === null
    ? ''
    : html`<p class="note" role="alert" id="problem">${t.device.problems[problem]}</p>`;
}

/** Returns the field for a code in any spelling. @param options.hasFocus whether nothing must be read before it */
export function codeField(
  problem: CodeProblem | null,
  { hasFocus }: { hasFocus: boolean },
  { t }: PageContext,
): Html {
  return html`<label for="code">${t.device.code}</label>
    <input id="code" name="code" type="text" class="code" required ${hasFocus ? 'autofocus' : ''} maxlength="40" placeholder="${EXAMPLE}"
      autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false"
      aria-describedby="${problem ? 'problem hint' : 'hint'}" ${problem === 'invalid_code' ? html`aria-invalid="true"` : ''} />
    <p class="fine" id="hint">${t.device.codeHint}</p>`;
}
