import { describeError } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import type { Html } from '../parts/layout.ts';

/** Why a person is asked for a code again. */
export type CodeProblem = 'invalid_code' | 'expired_code' | 'no_trust_level';

const SENTENCES: Readonly<Record<CodeProblem, string>> = {
  invalid_code: 'That code is not right. Compare it with the one that your device shows, and type it again.',
  expired_code:
    'That request is over: its ten minutes have passed, or it was decided already, perhaps by somebody else. Begin again on the device.',
  no_trust_level: describeError('group_not_allowed').sentence,
};

/** Said at once by a screen reader, before the form. */
export function codeProblem(problem: CodeProblem | null): Html | '' {
  return problem === null ? '' : html`<p class="note" role="alert" id="problem">${SENTENCES[problem]}</p>`;
}

/** One field for a code in any spelling. @param hasFocus where there is nothing to be read before it */
export function codeField(problem: CodeProblem | null, { hasFocus }: { hasFocus: boolean }): Html {
  return html`<label for="code">Code</label>
    <input id="code" name="code" type="text" class="code" required ${hasFocus ? 'autofocus' : ''} maxlength="40" placeholder="ABCD-2345"
      autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false"
      aria-describedby="${problem ? 'problem hint' : 'hint'}" ${problem === 'invalid_code' ? html`aria-invalid="true"` : ''} />
    <p class="fine" id="hint">Eight letters and digits. Capitals, dash and blanks do not matter.</p>`;
}
