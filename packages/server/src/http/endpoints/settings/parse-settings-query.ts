import { isSection } from '../../../ui/admin/setting-sections.ts';
import type { SettingsQuery } from '../../../ui/admin/settings-filter.ts';

const MAX_SEARCH = 100;

/** Reads which settings a page shows from its URL. An unknown section shows all. */
export function parseSettingsQuery(url: string): SettingsQuery {
  const { searchParams } = new URL(url);
  const section = searchParams.get('section') ?? '';
  return {
    section: isSection(section) ? section : null,
    search: (searchParams.get('search') ?? '').trim().slice(0, MAX_SEARCH),
    changed: searchParams.get('changed') === 'true',
  };
}
