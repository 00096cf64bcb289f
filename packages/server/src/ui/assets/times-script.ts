/**
 * Rewrites times in the reader's time zone, in the page's language and region. Without script, the page has them in
 * UTC. The time in UTC becomes the tooltip.
 */
export const timesScript = `const styles = {
  day: { dateStyle: 'long' },
  minute: { dateStyle: 'long', timeStyle: 'short' },
};
for (const element of document.querySelectorAll('time[data-style]')) {
  const style = styles[element.dataset.style];
  const time = new Date(element.dateTime);
  if (style) {
    element.title = element.textContent;
    element.textContent = new Intl.DateTimeFormat(document.documentElement.lang, style).format(time);
  } else {
    element.title = new Intl.DateTimeFormat(document.documentElement.lang, styles.minute).format(time);
  }
}
`;
