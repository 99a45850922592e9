import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { uncovered } from '#validate/coverage.ts';
import { machine } from '#validate/kubeconform/host.ts';
import { validate } from '#validate/validate.ts';
import { corpus, corpusStore, fixture, good } from './schemas.ts';

/**
 * One corpus, both engines. In the bad manifests each mistake is marked on its line: `# <- CODE POINTER`, several
 * on one line one after the other.
 */

const store = corpusStore();
const bad = corpus('bad').value ?? [];
const kubeconform = machine(process.env);
const isInstalled = kubeconform.find() !== undefined;

/** What kubeconform can't see, and why. Everything else it must see too, at the same pointer. */
const ONLY_EMBEDDED: Readonly<Record<string, string>> = {
  'same-call-twice /spec/calls/1': 'JSON Schema has no word for the keys of list maps',
  'null-item /spec/template/spec/containers/0/args/1': 'only a warning: it is read as an empty text',
};

/** Where kubeconform says the same with another code or at another pointer. */
const SAID_OTHERWISE: Readonly<Record<string, string>> = {
  'required-is-null /spec/template/spec/containers/0/name': 'to JSON Schema, null is there, but no text',
  'berths.ports.tideline.example /spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/depth/items/typ':
    'it may be a schema or a list of schemas: kubeconform says only that it is neither',
};

interface Mark {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly pointer: string;
}

function marks(): readonly Mark[] {
  return fs.readdirSync(fixture('bad')).flatMap((name) => {
    const file = fixture(`bad/${name}`);
    return fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((text, index) =>
        [...text.matchAll(/<- ([a-z-]+) (\/\S*)/g)].map(([, code = '', pointer = '']) => ({
          file,
          line: index + 1,
          code,
          pointer,
        })),
      );
  });
}

const asMark = ({ code, pointer = '', origin }: Finding): Mark => ({
  file: origin?.file ?? '',
  line: origin?.line ?? 0,
  code,
  pointer,
});

const sorted = (list: readonly Mark[]) =>
  [...list].sort((a, b) => `${a.file}${a.line}${a.pointer}`.localeCompare(`${b.file}${b.line}${b.pointer}`));

/** A definition that can't be used is said of the whole document, beside what is wrong in it. */
const isMarked = ({ code }: Finding) => code !== 'schema-unusable';

const once = <T>(make: () => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};
const embedded = once(() => validate(bad, { store, checks: ['schema'] })[0]);
const external = once(() => validate(bad, { store, checks: ['schema'], kubeconform })[0]);
const key = ({ subject, pointer }: Finding) => `${subject?.name} ${pointer}`;

describe('the embedded engine', () => {
  it('accepts every good manifest', () => {
    const [outcome] = validate(good(), { store, checks: ['schema'] });
    expect(outcome?.findings).toEqual([]);
    expect(outcome?.covered.size).toBe(good().length);
  });

  it('finds exactly the mistakes that are marked, each on its line', () => {
    expect(marks().length).toBeGreaterThan(60);
    expect(sorted((embedded()?.findings ?? []).filter(isMarked).map(asMark))).toEqual(sorted(marks()));
  });

  it('finds something in every bad manifest', () => {
    const wrong = new Set(embedded()?.findings.map(({ subject }) => subject?.name));
    expect(bad.map(({ object }) => object.metadata.name).filter((name) => !wrong.has(name))).toEqual([]);
    expect(bad.length).toBeGreaterThan(45);
  });

  it('says that a definition with mistakes defines nothing', () => {
    const unusable = embedded()?.findings.filter(({ code }) => code === 'schema-unusable');
    expect(unusable?.map(({ subject }) => subject?.name)).toEqual(['berths.ports.tideline.example']);
  });

  it('shows no value of a Secret', () => {
    expect(JSON.stringify(embedded()?.findings)).not.toContain('hunter2');
  });
});

describe.skipIf(!isInstalled && process.env['PLIMSOLL_REQUIRE_KUBECONFORM'] === undefined)(
  'kubeconform (skipped where it is not installed)',
  () => {
    it('accepts every good manifest', () => {
      const [outcome] = validate(good(), { store, checks: ['schema'], kubeconform });
      expect(outcome?.findings).toEqual([]);
      expect(outcome?.covered.size).toBe(good().length);
      expect(outcome?.engine).toMatch(/^kubeconform /);
    });

    it('gives every document the verdict of the embedded engine', () => {
      const rejected = (findings: readonly Finding[] = []) =>
        new Set(findings.map(({ subject, origin }) => `${origin?.file} ${subject?.name}`));
      const ours = rejected(embedded()?.findings.filter((finding) => !(key(finding) in ONLY_EMBEDDED)));
      expect([...rejected(external()?.findings)].sort()).toEqual([...ours].sort());
      expect(external()?.covered.size).toBe(embedded()?.covered.size);
    });

    it('finds the same mistakes at the same places, but for the explained ones', () => {
      const comparable = (findings: readonly Finding[] = []) =>
        findings
          .filter((finding) => !(key(finding) in ONLY_EMBEDDED) && !(key(finding) in SAID_OTHERWISE))
          .filter((finding) => !key(finding).endsWith('/depth/items'))
          .map(asMark);
      expect(sorted(comparable(external()?.findings))).toEqual(sorted(comparable(embedded()?.findings)));
    });

    it('differs where the table says so', () => {
      const ours = embedded()?.findings ?? [];
      const theirs = (external()?.findings ?? []).map((finding) => `${key(finding)} ${finding.code}`);
      for (const name of [...Object.keys(ONLY_EMBEDDED), ...Object.keys(SAID_OTHERWISE)]) {
        const found = ours.find((finding) => key(finding) === name);
        expect(found, name).toBeDefined();
        expect(theirs).not.toContain(`${name} ${found?.code}`);
      }
    });

    it('shows no value of a Secret', () => {
      expect(JSON.stringify(external()?.findings)).not.toContain('hunter2');
    });
  },
);

describe('coverage', () => {
  it('is complete: what no check covered has a finding that says why', () => {
    for (const outcome of [embedded(), isInstalled ? external() : undefined]) {
      if (outcome === undefined) continue;
      expect(uncovered(bad, [outcome])).toEqual([]);
      const explained = new Set(outcome.findings.map(({ subject }) => subject?.name));
      for (const manifest of bad) {
        const name = manifest.object.metadata.name;
        expect(outcome.covered.has(manifest) || explained.has(name), name).toBe(true);
      }
    }
  });

  it('names a document that a check passed over in silence', () => {
    const outcome = embedded();
    if (outcome === undefined) throw new Error('the schema check did not run');
    const covered = new Set(outcome.covered);
    const [first] = covered;
    if (first !== undefined) covered.delete(first);
    const findings = uncovered(bad, [{ ...outcome, covered }]);
    expect(findings.map(({ code, subject }) => [code, subject?.name])).toEqual([
      ['manifest-unchecked', first?.object.metadata.name],
    ]);
  });

  it('is a note with a number where the schema check was not asked for', () => {
    const [note, ...others] = uncovered(bad, validate(bad, { store, checks: ['graph'] }));
    expect(others).toEqual([]);
    expect(note).toMatchObject({
      code: 'manifests-unchecked',
      severity: 'info',
      args: { count: bad.length, checks: ['graph'] },
    });
  });
});
