import { describe, expect, it } from 'vitest';
import { compile, inquire } from '#validate/policy/cel.ts';
import { templateExpression } from '#validate/policy/pod-templates/template-expression.ts';

const rewritten = (source: string) => templateExpression(source, 'spec.template').text;

const T = 'object.spec.template';

describe('an expression about a pod becomes one about a template', () => {
  it.each([
    ['object.spec.containers', `${T}.spec.containers`],
    ['.object.spec.hostPID', `.${T}.spec.hostPID`],
    ['object["spec"]', `${T}["spec"]`],
    ['has(object.spec)', `has(${T}.spec)`],
    ['has(object.spec.hostPID) && object.spec.hostPID', `has(${T}.spec.hostPID) && ${T}.spec.hostPID`],
    ['object.?spec.?os.?name', `${T}.?spec.?os.?name`],
    ['dyn(object).spec == oldObject.spec', `dyn(${T}).spec == oldObject.spec.template.spec`],
    ['object.metadata.labels["app"]', `${T}.metadata.labels["app"]`],
    ['object // not object\n.spec', `${T} // not object\n.spec`],
  ])('%s', (source, expected) => {
    expect(rewritten(source)).toBe(expected);
  });

  it.each([
    'object.metadata.name + object.metadata.namespace',
    'has(object.metadata.deletionTimestamp)',
    'object.metadata["name"]',
    'object.?metadata.?generateName',
    'object.metadata.ownerReferences.exists(o, o.controller)',
    '"name" in object.metadata',
    'object.kind == "Pod" && object.apiVersion == "v1"',
    'has(object.metadata)',
    'oldObject == null || null != oldObject',
    '"object.spec" + \'object\'',
    '{"object": 1}.object == 1',
    'params.object.spec == variables.object',
    '[1].all(object, object > 0)',
    '{1: 2}.all(object, oldObject, object < oldObject)',
    'optional.of(1).optMap(object, object + 1)',
    'request.resource.resource != "pods"',
    'object.spec. is no expression',
  ])('%s stays', (source) => {
    expect(rewritten(source)).toBe(source);
  });

  it('knows where a name ends to be declared', () => {
    expect(rewritten('object.spec.containers.all(object, object.name != "") && object.spec.hostPID')).toBe(
      `${T}.spec.containers.all(object, object.name != "") && ${T}.spec.hostPID`,
    );
    expect(rewritten('object.?spec.optMap(object, object.hostPID)')).toBe(
      `${T}.?spec.optMap(object, object.hostPID)`,
    );
  });

  it('asks for metadata, which a template may leave out', () => {
    expect(rewritten('!has(object.metadata.labels)')).toBe(
      `!(has(${T}.metadata) && has(${T}.metadata.labels))`,
    );
    expect(rewritten('has((object.metadata).labels)')).toBe(
      `(has(${T}.metadata) && has((${T}.metadata).labels))`,
    );
    expect(rewritten('object.metadata.?labels')).toBe(`${T}.?metadata.?labels`);
  });

  it('still finds nothing in what was not there', () => {
    expect(rewritten('has(oldObject.spec)')).toBe(
      '(has(oldObject.spec) && has(oldObject.spec.template.spec))',
    );
  });

  it('takes a status for one that is not there', () => {
    expect(rewritten('has(object.status)')).toBe('false');
    expect(rewritten('has( object.status.phase ) || true')).toBe('false || true');
    expect(rewritten('object.status.phase')).toBe(`dyn(${T}).status.phase`);
  });
});

/** What is asked of a pod, and of the template that makes it. */
describe('a template answers like its pod', () => {
  const spec = { containers: [{ name: 'web', image: 'tideline/web:1' }], hostPID: true };
  const labels = { app: 'web' };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels }, spec };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { template: { metadata: { labels }, spec } },
  };
  const bare = { ...pod, metadata: { name: 'web' } };
  const bareDeployment = { ...deployment, spec: { template: { spec } } };

  function answer(source: string, object: unknown, oldObject: unknown = null): unknown {
    const compiled = compile(source);
    if (!('program' in compiled)) throw new Error(compiled.problem.message);
    const inquiry = inquire();
    inquiry.about({ object, oldObject, request: {}, namespaceObject: null, params: null });
    inquiry.begin(1_000_000);
    const value = inquiry.run(compiled.program);
    return value instanceof Error ? 'an error' : value;
  }

  it.each([
    'object.spec.containers.all(c, c.image.startsWith("tideline/"))',
    'has(object.spec.hostPID) && object.spec.hostPID',
    'has(object.metadata.labels) && object.metadata.labels.app == "web"',
    'object.metadata.?labels.?app.orValue("none")',
    'has(object.metadata.annotations)',
    'object.metadata.name',
    'has(object.status) && object.status.phase == "Failed"',
    'oldObject == null || oldObject.spec == object.spec',
    'oldObject != null && oldObject.spec.hostPID',
    'oldObject.spec.hostPID',
    'has(oldObject.spec)',
    '[object, object.spec].size()',
    'object.spec.containers.map(object, object.name)',
  ])('%s', (source) => {
    const derived = rewritten(source);
    for (const [one, other] of [
      [pod, deployment],
      [bare, bareDeployment],
    ] as const) {
      expect(answer(derived, other)).toEqual(answer(source, one));
      expect(answer(derived, other, deployment)).toEqual(answer(source, one, pod));
    }
  });
});

it('knows where each character comes from', () => {
  const source = '!has(object.metadata.labels) && object.spec.hostPIDD';
  const { text, originalOffset } = templateExpression(source, 'spec.jobTemplate.spec.template');
  expect(originalOffset(text.indexOf('hostPIDD'))).toBe(source.indexOf('hostPIDD'));
  expect(originalOffset(text.indexOf('jobTemplate'))).toBe(source.indexOf('has'));
  expect(originalOffset(text.length)).toBe(source.length);
});
