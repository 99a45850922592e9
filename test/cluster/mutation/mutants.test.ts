import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpus, kindOf } from './corpus.ts';
import { normalised } from './disagreements.ts';
import { mutants } from './mutants.ts';

const documents = corpus(() => false);

describe('mutants', () => {
  it('are the same for the same seed, and others for another', () => {
    const texts = (seed: number) => mutants(documents, 200, seed).map(({ text }) => text);
    expect(texts(7)).toEqual(texts(7));
    expect(texts(7)).not.toEqual(texts(8));
  });

  it('are as many as asked for, each another text, none what it was made of', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const before = JSON.stringify(documents);
        const made = mutants(documents, 100, seed);
        expect(new Set(made.map(({ text, isUpdate }) => `${isUpdate} ${text}`)).size).toBe(100);
        for (const { text, base, description } of made)
          expect(text, description).not.toBe(JSON.stringify(base));
        expect(JSON.stringify(documents)).toBe(before);
      }),
      { numRuns: 20 },
    );
  });

  it('are of every kind', () => {
    const made = new Set(mutants(documents, 1000, 1).map(({ kind }) => kind));
    expect(documents.map(kindOf).filter((kind) => !made.has(kind))).toEqual([]);
  });

  it('write numbers that JavaScript would write otherwise', () => {
    const texts = mutants(documents, 3000, 1).map(({ text }) => text);
    expect(texts.some((text) => /:-?92233720368547758[0-9]{2}\b/.test(text))).toBe(true);
    // How such a number is set apart on its way; within a text a mutant may double any character.
    expect(texts.filter((text) => text.includes('"@@'))).toEqual([]);
  });
});

describe('disagreements', () => {
  it('of one cause are called the same, wherever the pod template lies', () => {
    const said = (message: string) => normalised(message);
    expect(said('spec.template.spec.containers[0].ports[1].name: Duplicate value: "http"')).toBe(
      said('spec.jobTemplate.spec.template.spec.containers[2].ports[0].name: Duplicate value: "sql"'),
    );
    expect(said('spec.containers[0].name: Required value')).toBe(
      said('spec.template.spec.containers[3].name: Required value'),
    );
    expect(said('spec.replicas: Invalid value: -1: must be positive')).not.toBe(
      said('spec.replicas: Required value'),
    );
  });
});
