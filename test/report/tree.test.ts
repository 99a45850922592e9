import { expect, it } from 'vitest';
import { previewedText } from '#report/report.ts';
import { type Branch, treeText } from '#report/tree.ts';

const queue: Branch = {
  title: 'MessageQueue tideline/voyage-events',
  children: [
    { title: 'Queue voyage-events', notes: ['visibilityTimeoutSeconds 60', 'stays when its claim goes'] },
    { title: 'Queue voyage-events-dlq', children: [{ title: 'Policy', notes: ['policy of it'] }] },
  ],
};
const plain = { columns: 100, colour: false, unicode: true };

it('shows what is made of what', () => {
  expect(treeText([queue], plain)).toBe(`MessageQueue tideline/voyage-events
├─ Queue voyage-events  visibilityTimeoutSeconds 60  stays when its claim goes
└─ Queue voyage-events-dlq
   └─ Policy  policy of it

`);
});

it('breaks a line where it is full, below its title', () => {
  expect(
    treeText([queue], { ...plain, columns: 50, unicode: false }),
  ).toBe(`MessageQueue tideline/voyage-events
|- Queue voyage-events
|     visibilityTimeoutSeconds 60
|     stays when its claim goes
\`- Queue voyage-events-dlq
   \`- Policy  policy of it

`);
});

it('lets nothing of strangers act in a terminal', () => {
  const text = treeText([{ title: 'a\u001b[2J', notes: ['b\nc'] }], plain);
  expect(text).toBe('a\uFFFD[2J  b c\n\n');
});

it('counts managed resources apart, and by each check that looked at some', () => {
  const checks = [
    { check: 'schema', covered: 2 },
    { check: 'policy', covered: 0 },
  ];
  expect(previewedText({ claims: 1, resources: 2, checks })).toBe(
    '2 managed resources of 1 claim previewed: schema 2',
  );
});
