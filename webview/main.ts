import { Connection } from './connection.ts';
import { Shell } from './shell.ts';

const shell = new Shell(new Connection(), document.body, () => Date.now());
shell.start();
