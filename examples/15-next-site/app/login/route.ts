// How the site signs users in. Keep your own; it must redirect to return_to afterwards.
import { checkPassword } from '../../accounts';
import { createSession } from '../../sessions';

const FORM = `<!doctype html><title>Sign in</title><form method="post">
<label>User name <input name="username"></label> <label>Password <input name="password" type="password"></label>
<button>Sign in</button></form>`;

const showForm = (status: number) => new Response(FORM, { status, headers: { 'Content-Type': 'text/html' } });

export const GET = () => showForm(200);

export async function POST(request: Request): Promise<Response> {
  const form = await request.formData();
  const user = checkPassword(String(form.get('username')), String(form.get('password')));
  if (!user) return showForm(403);
  const returnTo = new URL(request.url).searchParams.get('return_to') ?? '';
  // Only paths on this site: a link to the sign-in page must not lead elsewhere.
  const location = /^\/(?![/\\])/.test(returnTo) ? returnTo : '/';
  return new Response(null, {
    status: 303,
    headers: { Location: location, 'Set-Cookie': createSession(user.id) },
  });
}
