import { isDeepStrictEqual } from 'node:util';
import {
  type Configuration,
  type ConfigurationFile,
  type Difference,
  SECTIONS,
  type Section,
  settingKey,
} from './configuration.js';

/** Lists where a file and an installation differ, in the order of the file. Sections that the file lacks do not count. */
export function compareConfigurations(file: ConfigurationFile, installed: Configuration): Difference[] {
  return SECTIONS.flatMap((section) => {
    const settings = file[section];
    return settings ? compareSection(section, settings, installed[section]) : [];
  });
}

function compareSection(
  section: Section,
  file: readonly object[],
  installed: readonly object[],
): Difference[] {
  const present = new Map(installed.map((setting) => [settingKey(section, setting), setting]));
  const inFile = new Set(file.map((setting) => settingKey(section, setting)));
  return [
    ...file.flatMap((setting, index) => {
      const id = settingKey(section, setting);
      return compareSetting({ section, id, path: `${section}.${index}` }, setting, present.get(id));
    }),
    ...[...present]
      .filter(([id]) => !inFile.has(id))
      .map(([id, setting]) => ({
        ...{ section, id, kind: 'extra' as const, field: null, path: null },
        file: null,
        installed: setting,
      })),
  ];
}

function compareSetting(
  place: { section: Section; id: string; path: string },
  file: object,
  installed: object | undefined,
): Difference[] {
  if (!installed) return [{ ...place, kind: 'missing', field: null, file, installed: null }];
  const values = installed as Record<string, unknown>;
  return Object.entries(file)
    .filter(([field, value]) => !isDeepStrictEqual(value, values[field]))
    .map(([field, value]) => ({
      ...{ ...place, path: `${place.path}.${field}`, kind: 'changed' as const, field },
      file: value,
      installed: values[field],
    }));
}
