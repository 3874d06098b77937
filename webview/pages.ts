import type { PageName } from '../src/protocol/dashboard.ts';
import type { MakePage } from './page.ts';
import { actionPage } from './pages/action.ts';
import { boardPage } from './pages/board.ts';
import { consumerGroupPage } from './pages/consumerGroup.ts';
import { dataStreamTopicPage } from './pages/dataStreamTopic.ts';
import { easyQueueTopicPage } from './pages/easyQueueTopic.ts';

/** Who draws which page. */
export const pages: Readonly<Record<PageName, MakePage>> = {
  easyQueueTopic: easyQueueTopicPage,
  dataStreamTopic: dataStreamTopicPage,
  consumerGroup: consumerGroupPage,
  action: actionPage,
  board: boardPage,
};
