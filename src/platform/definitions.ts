import { cluster } from './cluster/definition.ts';
import type { Definition } from './definition.ts';
import { messageQueue } from './message-queue/definition.ts';
import { mongoAddress } from './mongo-address/definition.ts';
import { mongoDatabase } from './mongo-database/definition.ts';
import { mongoUser } from './mongo-user/definition.ts';
import { network } from './network/definition.ts';
import { nodeGroup } from './node-group/definition.ts';
import { objectBucket } from './object-bucket/definition.ts';
import { serviceIdentity } from './service-identity/definition.ts';
import { valkeyCache } from './valkey-cache/definition.ts';
import { valkeyUser } from './valkey-user/definition.ts';

/** Every service of the platform API, without its composition: what generating imports/ needs. */
export const platformDefinitions: readonly Definition[] = [
  network,
  cluster,
  nodeGroup,
  serviceIdentity,
  mongoDatabase,
  mongoAddress,
  mongoUser,
  valkeyCache,
  valkeyUser,
  messageQueue,
  objectBucket,
];
