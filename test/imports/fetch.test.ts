import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fetchSources, LARGEST_SOURCE, type Origins } from '../../src/imports/fetch.ts';
import type { Lock } from '../../src/imports/lock.ts';
import { CORE, lock, mirror, sum, VESSEL, vesselYaml } from './fleet.ts';

const noNetwork = (url: string): Promise<Uint8Array> =>
  Promise.reject(new Error(`asked the network for ${url}`));

function from(files: ReadonlyMap<string, string | Uint8Array>): Origins {
  const readMirror = async (file: string) => {
    const content = files.get(file);
    if (content === undefined) throw new Error('no such file');
    return Buffer.from(content);
  };
  return { download: noNetwork, readMirror };
}

describe('fetching sources', () => {
  it('reads a mirror without network', async () => {
    const { value, problems } = await fetchSources(lock(), from(mirror()), false);
    expect(problems).toEqual([]);
    expect(value?.map(({ file }) => file.file)).toEqual([VESSEL, CORE]);
    expect(value?.[0]?.text).toBe(vesselYaml);
  });

  it('fills in the commit and the file where there is no mirror', async () => {
    const asked: string[] = [];
    const download = (url: string) => {
      asked.push(url);
      return noNetwork(url);
    };
    const { value, problems } = await fetchSources(lock(), { download }, false);
    expect(value).toBeUndefined();
    expect(problems.map(({ code }) => code)).toEqual(['source-missing', 'source-missing']);
    expect(asked[0]).toBe(`https://sources.tideline.example/fleet/${'a'.repeat(40)}/${VESSEL}`);
  });

  it('tells every missing and every changed file at once', async () => {
    const files = mirror().set(`crds/fleet/${VESSEL}`, `${vesselYaml}# changed`);
    files.delete(`openapi/1.34/${CORE}`);
    const { value, problems } = await fetchSources(lock(), from(files), false);
    expect(value).toBeUndefined();
    expect(problems).toEqual([
      {
        code: 'source-changed',
        file: VESSEL,
        place: `crds/fleet/${VESSEL}`,
        pinned: sum(vesselYaml),
        found: sum(`${vesselYaml}# changed`),
      },
      { code: 'source-missing', file: CORE, place: `openapi/1.34/${CORE}`, reason: 'no such file' },
    ]);
  });

  it('takes other sums only to pin them', async () => {
    const files = mirror().set(`crds/fleet/${VESSEL}`, `${vesselYaml}# changed`);
    const { value } = await fetchSources(lock(), from(files), true);
    expect(value?.[0]?.sha256).toBe(sum(`${vesselYaml}# changed`));
  });

  describe('from a packed mirror', () => {
    const packed: Lock = {
      ...lock(),
      sources: Object.fromEntries(
        Object.entries(lock().sources).map(([name, source]) => [
          name,
          { ...source, mirror: `${source.mirror}.gz` },
        ]),
      ),
    };

    it('compares the sum of the content', async () => {
      const files = new Map([...mirror()].map(([file, text]) => [`${file}.gz`, gzipSync(text)]));
      expect((await fetchSources(packed, from(files), false)).problems).toEqual([]);
    });

    it('stops at a bomb', async () => {
      const bomb = gzipSync(Buffer.alloc(LARGEST_SOURCE + 1));
      const files = new Map([...mirror()].map(([file]) => [`${file}.gz`, bomb]));
      const { problems } = await fetchSources(packed, from(files), true);
      expect(problems.map(({ code }) => code)).toEqual(['source-missing', 'source-missing']);
    });
  });
});
