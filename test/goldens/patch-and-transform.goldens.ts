import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runPatchAndTransform } from '#preview/patch-and-transform/function.ts';
import { canonical, type GoldenCase, readCorpus } from './corpus.ts';

const corpus = readCorpus(process.env, path.resolve(import.meta.dirname, '../..'));

describe(`goldens of function-patch-and-transform in ${corpus.folder}`, () => {
  if (corpus.cases === undefined) {
    missing();
    return;
  }
  it('holds cases', () => expect(corpus.cases?.length).toBeGreaterThan(0));
  it.each(corpus.cases)('$name: $shows', (golden) => {
    expect(canonical(answerOf(golden))).toBe(canonical(expectedOf(golden)));
  });
});

/** No corpus: nobody may take this for a pass. */
function missing(): void {
  if (corpus.named) {
    it('is there', () => expect.fail(`there is no folder ${corpus.folder}`));
  } else {
    it.skip(`NOT CHECKED: there is no folder ${corpus.folder}; name one in PLIMSOLL_GOLDENS`, () => {});
  }
}

function answerOf({ request }: GoldenCase): unknown {
  const outcome = runPatchAndTransform(request);
  return 'crash' in outcome ? { crash: outcome.crash } : outcome.response;
}

const expectedOf = ({ response, crash }: GoldenCase): unknown =>
  crash === undefined ? withOneWording(response) : { crash };

/** The function words one message in two ways, by chance; ours is the first. */
const withOneWording = (response: unknown): unknown =>
  JSON.parse(JSON.stringify(response).replaceAll('json: unable to unmarshal', 'json: cannot unmarshal'));
