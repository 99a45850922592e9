import { describe, expect, it } from 'vitest';
import { messageOf, messages } from '#report/messages.ts';
import { findingsReference } from '#report/reference.ts';
import { unbound, violated } from './runs.ts';

const codes = Object.keys(messages);

describe('messages', () => {
  it.each(codes)('%s is in the reference, in kebab-case', (code) => {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(findingsReference()).toContain(`| \`${code}\` | `);
  });

  it('titles are one line without a period', () => {
    for (const { title } of Object.values(messages)) expect(title).toMatch(/^[^\n]+[^.\n]$/);
  });

  it('puts arguments into words', () => {
    expect(messageOf(violated('an image has no digest')).sentence).toContain('an image has no digest');
    expect(messageOf(violated('an image has no digest')).mend).toBe('write the image with its digest');
    expect(messageOf(unbound).sentence).toContain('no-night-sailing');
  });

  it.each([
    ['characters', 1, 'this is 1 character long; it must have at least 3'],
    ['characters', 2, 'this is 2 characters long; it must have at least 3'],
    ['items', 1, 'there is 1 item here; there must be at least 3'],
    ['items', 0, 'there are 0 items here; there must be at least 3'],
    ['properties', 1, 'there is 1 field here; there must be at least 3'],
  ] as const)('tells one from many: %s %i', (what, found, sentence) => {
    const args = { what, found, bound: 'least', limit: 3 } as const;
    expect(messageOf({ code: 'schema-size', severity: 'error', args }).sentence).toBe(sentence);
  });

  it('names the policy file where a policy gives no advice', () => {
    const finding = violated('an image has no digest');
    if (finding.code !== 'policy-violated') throw new Error('another code');
    expect(messageOf({ ...finding, args: { ...finding.args, mend: '' } }).mend).toContain(
      'immutable-image-tags',
    );
  });
});
