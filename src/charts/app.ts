import { ApiObject, App } from 'cdk8s';
import type { Environment } from '#model/environment/environment.ts';
import { chartFolder } from './constructs.ts';
import { declareEnvironment } from './environment.ts';

/**
 * The cdk8s app: the same documents as `render.ts` makes, as a tree of constructs, for `cdk8s synth` and for
 * whoever extends the platform with constructs of their own. A chart for each folder of each environment, and so
 * one file for each: cdk8s's files for single resources are named by kind and name alone, and overwrite each other.
 */
export function buildApp(environments: readonly Environment[]): App {
  const app = new App();
  for (const environment of environments) {
    declareEnvironment(environment, (application) =>
      chartFolder(app, `${environment.metadata.name}-${application}`),
    );
  }
  return app;
}

/**
 * All API objects of an app in the order in which they were added, by one walk over the tree. Asking each chart
 * for its objects takes quadratic time, because every chart resolves the dependencies of the whole app.
 */
export const apiObjects = (app: App): readonly ApiObject[] =>
  app.node.findAll().filter((construct) => construct instanceof ApiObject);
