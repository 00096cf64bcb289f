/**
 * Checks a setting on the server while an admin types, and shows the result. Without script, saving reports the same.
 * The response is inserted as text, never as markup.
 */
export const settingsScript = `const form = document.querySelector('[data-check]');
const checks = new Map();

async function check(field) {
  const name = field.dataset.setting;
  checks.get(name)?.abort();
  const controller = new AbortController();
  checks.set(name, controller);
  try {
    const response = await fetch(form.dataset.check, {
      method: 'POST',
      signal: controller.signal,
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'X-CSRF-Token': form.elements.authenticity_token.value,
      },
      body: JSON.stringify({ setting: name, value: field.type === 'checkbox' ? String(field.checked) : field.value }),
    });
    if (response.ok) show(field, await response.json());
  } catch {
    // Offline, or aborted by the next input: saving reports the error.
  }
}

function show(field, { valid, reason, explanations }) {
  field.setAttribute('aria-invalid', String(!valid));
  document.getElementById('mistake-' + field.dataset.setting).textContent = reason ?? '';
  const list = document.querySelector('[data-explains="' + field.dataset.setting + '"]');
  list?.replaceChildren(...explanations.map(({ item, allows, warning }) => {
    const row = document.createElement('li');
    row.append(piece('code', item), ' ', piece('span', allows));
    if (warning !== null) row.append(' ', piece('span', warning, 'warning'));
    return row;
  }));
}

function piece(tag, text, className = '') {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = className;
  return element;
}

let waiting;
form.addEventListener('input', ({ target }) => {
  if (!target.dataset.setting) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => check(target), 200);
});
`;
