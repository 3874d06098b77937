import type { CloudError, CloudErrorReason } from '../../model/cloudError.ts';

/** What can be wrong with a topic. */
type TopicField = 'name' | 'partitions' | 'retention' | 'description';

const TOPIC_FIELDS: Readonly<Partial<Record<CloudErrorReason, TopicField>>> = {
  duplicateName: 'name',
  nameRule: 'name',
  partitions: 'partitions',
  retention: 'retention',
  description: 'description',
};

/** What can be wrong with a connector. */
type ConnectorField = 'location' | 'consumerSpec' | 'dateFormat' | 'roleNrn' | 'description';

const CONNECTOR_FIELDS: Readonly<Partial<Record<CloudErrorReason, ConnectorField>>> = {
  location: 'location',
  bucket: 'location',
  consumerSpec: 'consumerSpec',
  dateFormat: 'dateFormat',
  roleNrn: 'roleNrn',
  description: 'description',
};

/** What of a topic a refusal is about. */
export function topicFieldOf({ details: { reason } }: CloudError): TopicField | undefined {
  return reason === undefined ? undefined : TOPIC_FIELDS[reason];
}

/** What of a connector a refusal is about. */
export function connectorFieldOf({ details: { reason } }: CloudError): ConnectorField | undefined {
  return reason === undefined ? undefined : CONNECTOR_FIELDS[reason];
}
