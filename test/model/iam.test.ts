import { describe, expect, it } from 'vitest';
import { type IamStatement, policyDocument } from '#model/iam.ts';

const send: IamStatement = {
  sid: 'SendVoyageEvents',
  effect: 'Allow',
  actions: ['sqs:SendMessage'],
  resources: ['arn:aws:sqs:eu-west-1:111122223333:tideline-production-voyage-events'],
};

describe('policy document', () => {
  it('is spelled as IAM spells it, without white space', () => {
    expect(policyDocument([send])).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"SendVoyageEvents","Effect":"Allow","Action":["sqs:SendMessage"],"Resource":["arn:aws:sqs:eu-west-1:111122223333:tideline-production-voyage-events"]}]}',
    );
  });

  it('makes every value of a condition a list', () => {
    const conditions = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:TagKeys': ['owner'] } };
    expect(JSON.parse(policyDocument([{ ...send, conditions }])).Statement[0].Condition).toEqual({
      StringEquals: { 'aws:RequestedRegion': ['eu-west-1'], 'aws:TagKeys': ['owner'] },
    });
  });
});
