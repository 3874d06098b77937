import { jsonReply, queryValue } from '../http.ts';
import type { EmulatorRequest, Reply } from '../http.ts';
import type { JsonObject } from '../json.ts';
import { isoUtc } from '../time.ts';
import { readBody } from './body.ts';
import { isBackwardCompatible, isSchema } from './compatibility.ts';
import type { SchemaType } from './compatibility.ts';
import { refuse } from './errors.ts';
import type { DataStreamState, Topic } from './state.ts';
import { requireTopic } from './topics.ts';

interface Schema {
  readonly resourceId: string;
  readonly schemaId: number;
  readonly schemaType: SchemaType;
  readonly version: number;
  readonly createdAt: number;
  readonly schema: string;
}

/** The schema registry of a topic. */
export interface Registry {
  /** Oldest first. */
  schemas: readonly Schema[];
  /** true = BACKWARD, false = NONE (datastream.md §9). */
  isBackward: boolean;
  nextId: number;
}

/** Schema operations (datastream.md §9). */
export interface SchemaOperations {
  readonly list: (request: EmulatorRequest, topicId: string) => Reply;
  readonly create: (request: EmulatorRequest, topicId: string) => Reply;
  readonly get: (request: EmulatorRequest, topicId: string, resourceId: string) => Reply;
  readonly remove: (request: EmulatorRequest, topicId: string, resourceId: string) => Reply;
  readonly config: (request: EmulatorRequest, topicId: string) => Reply;
  readonly changeConfig: (request: EmulatorRequest, topicId: string) => Reply;
  readonly info: (request: EmulatorRequest, topicId: string) => Reply;
  readonly checkCompatibility: (request: EmulatorRequest, topicId: string) => Reply;
}

const schemaTypes = ['AVRO', 'JSON', 'PROTOBUF'] as const satisfies readonly SchemaType[];

/** A registry without schemas. */
export function emptyRegistry(): Registry {
  return { schemas: [], isBackward: false, nextId: 1 };
}

/** The operations over a state; `now` in ms. */
export function schemaOperations(state: DataStreamState, now: () => number): SchemaOperations {
  const find = (request: EmulatorRequest, topicId: string): Topic => requireTopic(state, request, topicId);

  function list(request: EmulatorRequest, topicId: string): Reply {
    const { registry } = find(request, topicId);
    const type = queryValue(request, 'schemaType');
    const schemaId = queryInteger(request, 'schemaId', 0);
    const page = queryInteger(request, 'page', 0) ?? 0;
    const size = queryInteger(request, 'size', 1) ?? 10;
    const found = registry.schemas
      .filter((schema) => type === undefined || schema.schemaType === type)
      .filter((schema) => schemaId === undefined || schema.schemaId === schemaId);
    const schemas = found.slice(page * size, (page + 1) * size).map(showSchema);
    return jsonReply(200, { schemas, totalCount: found.length, pageNo: page, pageSize: size });
  }

  function create(request: EmulatorRequest, topicId: string): Reply {
    const { registry } = find(request, topicId);
    const { schemaType, schema } = readSchema(request);
    if (registry.schemas.some((other) => other.schema === schema && other.schemaType === schemaType)) {
      throw refuse(request, 'ResourceAlreadyExists', 'The schema already exists');
    }
    if (registry.isBackward && !isBackwardCompatible(schemaType, latest(registry, schemaType)?.schema, schema)) {
      throw refuse(request, 'InvalidParameter', 'The schema is not compatible with the latest one');
    }
    const schemaId = registry.nextId;
    registry.nextId += 1;
    const version = (latest(registry, schemaType)?.version ?? 0) + 1;
    const created = { resourceId: state.newId(), schemaId, schemaType, version, createdAt: now(), schema };
    registry.schemas = [...registry.schemas, created];
    return jsonReply(200, showSchema(created));
  }

  function get(request: EmulatorRequest, topicId: string, resourceId: string): Reply {
    const found = requireSchema(request, find(request, topicId), resourceId);
    return jsonReply(200, { schema: found.schema });
  }

  function remove(request: EmulatorRequest, topicId: string, resourceId: string): Reply {
    const topic = find(request, topicId);
    const found = requireSchema(request, topic, resourceId);
    topic.registry.schemas = topic.registry.schemas.filter((schema) => schema !== found);
    return jsonReply(200, true);
  }

  function config(request: EmulatorRequest, topicId: string): Reply {
    const { registry } = find(request, topicId);
    // The fields inside are not documented (datastream.md §9).
    return jsonReply(200, { compatibility: { compatibilityLevel: registry.isBackward ? 'BACKWARD' : 'NONE' } });
  }

  function changeConfig(request: EmulatorRequest, topicId: string): Reply {
    const { registry } = find(request, topicId);
    const isBackward = readBody(request).requiredFlag('compatibility');
    // Configurable only once a schema exists (datastream.md §8.3).
    if (registry.schemas.length === 0) throw refuse(request, 'InvalidState', 'The topic has no schema');
    registry.isBackward = isBackward;
    return jsonReply(200, true);
  }

  function info(request: EmulatorRequest, topicId: string): Reply {
    const { registry } = find(request, topicId);
    const endpoint = 'https://schema-registry.datastream.naverncp.com';
    return jsonReply(200, { endpoint, isModifiable: registry.schemas.length > 0 });
  }

  function checkCompatibility(request: EmulatorRequest, topicId: string): Reply {
    const { registry } = find(request, topicId);
    const { schemaType, schema } = readSchema(request);
    const before = latest(registry, schemaType)?.schema;
    return jsonReply(200, { is_compatible: isBackwardCompatible(schemaType, before, schema) });
  }

  return { list, create, get, remove, config, changeConfig, info, checkCompatibility };
}

function readSchema(request: EmulatorRequest): { readonly schemaType: SchemaType; readonly schema: string } {
  const body = readBody(request);
  const schemaType = body.requiredWord('schemaType', schemaTypes, 'InvalidParameter');
  const schema = body.requiredText('schema', 'InvalidParameter');
  if (!isSchema(schemaType, schema)) throw refuse(request, 'InvalidParameter', 'The schema cannot be read');
  return { schemaType, schema };
}

function latest(registry: Registry, type: SchemaType): Schema | undefined {
  return registry.schemas.findLast((schema) => schema.schemaType === type);
}

function requireSchema(request: EmulatorRequest, topic: Topic, resourceId: string): Schema {
  const found = topic.registry.schemas.find((schema) => schema.resourceId === resourceId);
  if (found === undefined) throw refuse(request, 'InvalidResourceNotFound', 'Invalid resource');
  return found;
}

function showSchema(schema: Schema): JsonObject {
  const { resourceId, schemaId, schemaType, version, createdAt } = schema;
  return { resourceId, schemaId, schemaType, version, createdDate: isoUtc(createdAt) };
}

function queryInteger(request: EmulatorRequest, name: string, low: number): number | undefined {
  const given = queryValue(request, name);
  if (given === undefined) return undefined;
  if (/^\d{1,9}$/.test(given) && Number(given) >= low) return Number(given);
  throw refuse(request, 'InvalidParameter', `${name} must be an integer`);
}
