/** Shows and wires the copy buttons. Without script the text can still be selected and copied by hand. */
export const copyScript = `for (const button of document.querySelectorAll('[data-copy]')) {
  const source = document.getElementById(button.dataset.copy);
  const status = document.querySelector('[data-copied]');
  button.hidden = false;
  button.addEventListener('click', async () => {
    source.select();
    try {
      await navigator.clipboard.writeText(source.value);
      status.textContent = 'Copied.';
    } catch {
      status.textContent = 'Your browser did not allow it: the text is selected, copy it with the keyboard.';
    }
  });
}
`;
