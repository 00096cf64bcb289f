/** Signs in through better-auth, then returns to the page that asked for it. */
export const SIGN_IN_PAGE = `<!doctype html><title>Sign in</title>
<form><label>User name <input name="username"></label> <label>Password <input name="password" type="password"></label>
<button>Sign in</button> <output></output></form>
<script>
document.forms[0].onsubmit = async (event) => {
  event.preventDefault();
  const body = JSON.stringify(Object.fromEntries(new FormData(event.target)));
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/api/auth/sign-in/username', { method: 'POST', headers, body });
  const returnTo = new URL(new URLSearchParams(location.search).get('return_to') ?? '/', location.origin);
  // Only pages of this site: a link to the sign-in page must not lead elsewhere.
  if (response.ok && returnTo.origin === location.origin) location.href = returnTo;
  else event.target.querySelector('output').textContent = 'Try again.';
};
</script>`;
