import { changeScenes } from './changeScenes.ts';
import { dashboardScenes } from './dashboardScenes.ts';
import { functionScenes } from './functionScenes.ts';
import { functionTriggerScenes } from './functionTriggerScenes.ts';
import { laneScenes } from './laneScenes.ts';
import { messageScenes } from './messageScenes.ts';
import { scenes } from './scenes.ts';
import type { Scene } from './stage.ts';

/** The pictures `npm run screenshots` takes: each story in its order, in a window of its own for each theme and language. */
export const stories: readonly (readonly Scene[])[] = [scenes, [...changeScenes, ...laneScenes], messageScenes, [...functionScenes, ...functionTriggerScenes], dashboardScenes];
