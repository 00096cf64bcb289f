import { html } from 'hono/html';
import type { CodeProblem } from '../../issue/device/activation.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, layout } from '../parts/layout.ts';
import { signedInLine } from '../parts/signed-in-line.ts';
import { codeField, codeProblem } from './device-code-field.ts';

/** Returns the page on which a user enters the code of a device (PROTOCOL.md#device-flow). */
export function deviceCodePage(problem: CodeProblem | null, page: UserPageContext): Html {
  const { device } = page.t;
  return layout(
    device.title,
    html`<h1>${device.title}</h1>
      ${signedInLine(page)}
      ${codeProblem(problem, page)}
      <form method="post" action="${page.basePath}/user-api-key/activate">
        ${csrfField(page)}
        ${codeField(problem, { hasFocus: true }, page)}
        <div class="buttons"><button type="submit" class="primary">${device.continue}</button></div>
      </form>
      <p class="fine">${device.codeWarning}</p>`,
    page,
  );
}
