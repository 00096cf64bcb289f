import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('createMetrics: renders each type in the text format, with help, and the metrics of the site', () => {
  const metrics = createMetrics({
    plums_total: { type: 'counter', help: 'Plums.', labels: ['colour'] },
    plums_ripe: { type: 'gauge', help: 'Ripe plums.', labels: [] },
  });
  metrics.counter('plums_total', { colour: 'blue' }).value += 2;
  metrics.counter('plums_total', { colour: 'blue' }).value += 1;
  metrics.counter('plums_total', { colour: 'a"\\\n' }).value += 1;
  metrics.gauge('plums_ripe', () => 4);
  metrics.gauge('plums_ripe', () => 5);
  const text = metrics.render();
  expect(text).toContain(
    '# HELP plums_total Plums.\n# TYPE plums_total counter\nplums_total{colour="blue"} 3\n',
  );
  expect(text).toContain('plums_total{colour="a\\"\\\\\\n"} 1\n');
  expect(text).toContain('# TYPE plums_ripe gauge\nplums_ripe 5\n');
  expect(text.endsWith('\n')).toBe(true);
});

test('createMetrics: counts a duration in its bucket and in all larger ones', () => {
  const metrics = createMetrics();
  const duration = metrics.histogram('valetkey_verification_duration_seconds');
  for (const seconds of [0.000005, 0.0001, 9]) duration.observe(seconds);
  const lines = metrics
    .render()
    .split('\n')
    .filter((line) => line.startsWith('valetkey_verification_duration_seconds'));
  const readValue = (end: string) => lines.find((line) => line.includes(end))?.split(' ')[1];
  expect(readValue('_bucket{le="0.00001"}')).toBe('1');
  expect(readValue('_bucket{le="0.0001"}')).toBe('2');
  expect(readValue('_bucket{le="5"}')).toBe('2');
  expect(readValue('_bucket{le="+Inf"}')).toBe('3');
  expect(readValue('_count')).toBe('3');
  expect(Number(readValue('_sum'))).toBeCloseTo(9.000105, 9);
});
