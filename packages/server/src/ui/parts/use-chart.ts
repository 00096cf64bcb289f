import { html } from 'hono/html';
import type { UseSummary } from '../../core/key/summarize-uses.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';

const DAY_MS = 86_400_000;
const STEP = 6;
const BAR = 4;
const HEIGHT = 32;

/**
 * Returns the requests per day as bars: filled for allowed ones, and outlined on top for refused ones, so that the two
 * differ without colour. Its label has the numbers for a screen reader.
 */
export function useChart({ days, allowed }: UseSummary, { t, format }: PageContext): Html | '' {
  if (days.every((day) => day.allowed + day.refused === 0)) return '';
  const most = Math.max(1, ...days.map((day) => day.allowed + day.refused));
  const heightOf = (count: number) => Math.ceil((count / most) * HEIGHT);
  const allowedBars = days.map((day, index) => {
    const height = heightOf(day.allowed);
    return height === 0 ? '' : `M${index * STEP} ${HEIGHT}v-${height}h${BAR}v${height}z`;
  });
  const refusedBars = days.map((day, index) => {
    const height = heightOf(day.refused);
    const bottom = HEIGHT - heightOf(day.allowed) - 0.5;
    return height === 0
      ? ''
      : `M${index * STEP + 0.5} ${bottom}v-${Math.max(1, height - 1)}h${BAR - 1}v${Math.max(1, height - 1)}z`;
  });
  const width = days.length * STEP;
  const label = t.usage.chart({ count: allowed, most: format.number(most) });
  return html`<svg class="chart" role="img" aria-label="${label}" viewBox="0 0 ${width} ${HEIGHT + 1}" width="${width}" height="${HEIGHT + 1}">
    <path class="base" d="M0 ${HEIGHT + 0.5}H${width}"/><path class="allowed" d="${allowedBars.join('')}"/><path class="refused" d="${refusedBars.join('')}"/>
  </svg>`;
}

/** Returns the same numbers as a table of the days with requests, the newest first. */
export function useTable({ days }: UseSummary, { t, format }: PageContext): Html | '' {
  const { usage } = t;
  const used = days.filter(({ allowed, refused }) => allowed + refused > 0).toReversed();
  if (used.length === 0) return '';
  return html`<details>
    <summary>${usage.asTable}</summary>
    <table>
      <thead><tr><th scope="col">${usage.day}</th><th scope="col">${usage.allowed}</th><th scope="col">${usage.refused}</th></tr></thead>
      <tbody>${used.map(
        ({ day, allowed, refused }) => html`<tr>
          <th scope="row">${format.utcDay(day * DAY_MS)}</th><td>${format.number(allowed)}</td><td>${format.number(refused)}</td>
        </tr>`,
      )}</tbody>
    </table>
  </details>`;
}

/** Returns why requests were refused in the last 7 days, the most frequent reason first. */
export function refusalList({ refusals }: UseSummary, { t, format }: PageContext): Html | '' {
  if (refusals.length === 0) return '';
  return html`<ul class="refusals">${refusals.map(({ outcome, count }) => {
    // The name of a scope may contain a colon.
    const [, code = '', scopes = ''] = /^([^:]*):?(.*)$/.exec(outcome) ?? [];
    const reason = Object.hasOwn(t.usage.reasons, code)
      ? t.usage.reasons[code as keyof typeof t.usage.reasons]
      : t.usage.otherReason({ code });
    return html`<li class="warning">${t.usage.refusedTimes({ count, reason })} ${scopes === '' ? '' : format.anyOf(scopes.split(',').map((scope) => html`<code>${scope}</code>`))}</li>`;
  })}</ul>`;
}
