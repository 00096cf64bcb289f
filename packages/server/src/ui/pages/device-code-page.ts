import { html } from 'hono/html';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, type Html, layout } from '../parts/layout.ts';
import { type CodeProblem, codeField, codeProblem } from './device-code-field.ts';

/** Where a person types what their device shows (PROTOCOL.md section 8). */
export function deviceCodePage(problem: CodeProblem | null, page: UserPageContext): Html {
  return layout(
    'Connect a device',
    html`<h1>Connect a device</h1>
      <p class="who">You are signed in as <strong><bdi>${page.session.user.username}</bdi></strong>.</p>
      ${codeProblem(problem)}
      <form method="post" action="${page.basePath}/user-api-key/activate">
        ${csrfField(page)}
        ${codeField(problem, { hasFocus: true })}
        <div class="buttons"><button type="submit" class="primary">Continue</button></div>
      </form>
      <p class="fine">
        Type only a code that a device of your own shows you now. Whoever sent you one by mail or chat wants to act in your
        name. On the next page you see what is asked for, and decide.
      </p>`,
    page,
  );
}
