import type { CloudErrorKind } from '../../../src/model/cloudError.ts';

/** The codes of cloudfunctions.md §11 that a client can cause: status, and what kind of failure each is. */
export const CODES: Readonly<Record<number, readonly [status: number, kind: CloudErrorKind]>> = {
  80000: [400, 'invalid'], 80011: [409, 'conflict'], 80002: [403, 'forbidden'], 80005: [400, 'forbidden'],
  80100: [400, 'invalid'], 80101: [404, 'notFound'], 80102: [400, 'invalid'], 80103: [400, 'invalid'], 80105: [400, 'invalid'],
  80106: [422, 'quotaExceeded'], 80109: [409, 'conflict'],
  80300: [400, 'invalid'], 80301: [404, 'notFound'], 80302: [400, 'invalid'], 80303: [400, 'invalid'], 80304: [400, 'invalid'],
  80305: [400, 'invalid'], 80306: [400, 'invalid'], 80307: [400, 'invalid'], 80308: [422, 'quotaExceeded'], 80316: [400, 'invalid'],
  80322: [404, 'notFound'], 80324: [422, 'quotaExceeded'],
  80500: [400, 'invalid'], 80501: [404, 'notFound'], 80502: [400, 'invalid'], 80503: [400, 'invalid'], 80504: [400, 'invalid'],
  80505: [400, 'invalid'], 80506: [400, 'invalid'], 80507: [400, 'invalid'], 80508: [422, 'quotaExceeded'], 80511: [400, 'invalid'],
  80512: [400, 'invalid'], 80517: [404, 'notFound'], 80518: [404, 'notFound'], 80519: [422, 'quotaExceeded'], 80520: [400, 'invalid'], 80521: [400, 'invalid'],
  80700: [400, 'forbidden'], 80710: [400, 'forbidden'], 80711: [400, 'invalid'], 80730: [400, 'forbidden'], 80731: [400, 'invalid'],
  80740: [400, 'invalid'], 80750: [400, 'forbidden'], 80751: [400, 'invalid'], 80752: [400, 'conflict'],
  80900: [404, 'notFound'], 80901: [409, 'conflict'], 81311: [500, 'unavailable'], 81312: [500, 'unavailable'],
  81313: [500, 'unavailable'], 81314: [500, 'unavailable'],
};
