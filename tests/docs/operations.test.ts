import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATEWAY_METRICS } from '@valetkey/gateway';
import { SERVER_METRICS } from '@valetkey/server/monitor';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const METRICS = { ...SERVER_METRICS, ...GATEWAY_METRICS };
const deploy = join(import.meta.dirname, '../../deploy');
const read = (file: string): string => readFileSync(join(deploy, file), 'utf8');

interface Dashboard {
  readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
}
interface Alerts {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly annotations: { readonly summary: string };
    }[];
  }[];
}

const dashboard = JSON.parse(read('grafana/valetkey.json')) as Dashboard;
const shown = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const alerts = (parse(read('prometheus/alerts.yaml')) as Alerts).groups.flatMap(({ rules }) => rules);

/** The series of a metric: a histogram has three. */
const SERIES = new Map(
  Object.entries(METRICS).flatMap(([name, { type, labels }]) =>
    type === 'histogram'
      ? [
          [`${name}_bucket`, new Set<string>([...labels, 'le'])] as const,
          ...['sum', 'count'].map((end) => [`${name}_${end}`, new Set<string>(labels)] as const),
        ]
      : [[name, new Set<string>(labels)] as const],
  ),
);
const FROM_PROMETHEUS = ['instance'];

/** Returns the labels that an expression selects or groups by. */
const labelsOf = (expression: string): string[] =>
  [...expression.matchAll(/\{([^}]*)\}|by \(([^)]*)\)/g)].flatMap(([, selected = '', grouped = '']) => [
    ...[...selected.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
    ...grouped.split(',').flatMap((label) => label.trim() || []),
  ]);

test.each([...shown.map((expr) => ['dashboard', expr]), ...alerts.map(({ alert, expr }) => [alert, expr])])(
  '%s: %s uses metrics and labels that exist',
  (_where, expression) => {
    const names = [...expression.matchAll(/valetkey_\w+/g)].map(([name]) => name);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !SERIES.has(name))).toEqual([]);
    const known = new Set([...FROM_PROMETHEUS, ...names.flatMap((name) => [...(SERIES.get(name) ?? [])])]);
    expect(labelsOf(expression).filter((label) => !known.has(label))).toEqual([]);
  },
);

test('the dashboard shows every metric', () => {
  const text = shown.join('\n');
  expect(Object.keys(METRICS).filter((name) => !text.includes(name))).toEqual([]);
});

test('the alerts: have unique names and sentences that use labels of their expression', () => {
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  for (const { expr, annotations } of alerts) {
    const used = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label);
    const kept = expr.includes('by (') ? labelsOf(expr) : [...FROM_PROMETHEUS];
    expect(used.filter((label) => !kept.includes(label as string))).toEqual([]);
    expect(annotations.summary).toMatch(/\.$/);
  }
});

test('no metric has a label that Prometheus sets itself', () => {
  const reserved = new Set(['job', 'instance', 'le', 'quantile']);
  const labels = Object.values(METRICS).flatMap(({ labels: each }) => [...each]);
  expect(labels.filter((label) => reserved.has(label))).toEqual([]);
});

test('the unit of systemd: has the hardening that the guide promises', () => {
  const unit = read('systemd/valetkey-gateway.service').split('\n');
  for (const line of ['ProtectSystem=strict', 'NoNewPrivileges=yes', 'CapabilityBoundingSet=', 'UMask=0077'])
    expect(unit).toContain(line);
});
