import { l10n, Uri, window } from 'vscode';

import { argumentCommand, nodeCommand, nodesCommand } from '../../commands/command.ts';
import type { Command, NodeCommand, NodeCommandOptions, RunContext } from '../../commands/command.ts';
import { COMMANDS } from '../../ids.ts';
import type { CommandId, NodeKind } from '../../ids.ts';
import type { TreeNode } from '../../tree/treeNode.ts';
import { listsOf, nothing, thenShow } from '../showing.ts';
import { requireSend, requireWrite } from '../writing.ts';
import { ActionNode } from './actionNode.ts';
import { ActivationNode, ActivationsNode } from './activationNodes.ts';
import type { ActionTarget, FunctionsDeps, FunctionsPlace } from './context.ts';
import { FunctionsNode, PackageNode } from './nodes.ts';
import type { RunSubject } from './runs/subject.ts';
import { LinkedActionNode, TriggerNode, TriggersNode } from './triggerNodes.ts';

/** The ids of the commands on Cloud Functions. */
export type FunctionsCommandId = (typeof COMMANDS)[
  'createPackage' | 'deletePackage' | 'createAction' | 'openCode' | 'runAction' | 'deployTo' | 'undoDeploy' | 'copyAction' | 'downloadAction' |
  'deleteAction' | 'deployFile' | 'runCode' | 'deployCode' | 'undoCode' | 'showActivations' | 'runAgain' | 'refreshRun' | 'openActivation' |
  'chooseActivationRange' | 'watchActivations' | 'createTrigger' | 'fireTrigger' | 'linkActions' | 'unlinkAction' | 'deleteTrigger'
];

const PLACES: readonly NodeKind[] = ['account'];
const PACKAGES: readonly NodeKind[] = ['account', 'cloudFunctions'];
const ACTIONS: readonly NodeKind[] = ['account', 'cloudFunctions', 'cloudFunctions.package'];
const TRIGGERS: readonly NodeKind[] = ['account', 'cloudFunctions', 'cloudFunctions.triggers'];

/** The commands on Cloud Functions. What they do loads with the first use. */
export function functionsCommands(deps: FunctionsDeps): Readonly<Record<FunctionsCommandId, Command>> {
  return {
    ...packageCommands(deps),
    ...actionCommands(deps),
    ...codeCommands(deps),
    ...activationCommands(deps),
    ...triggerCommands(deps),
  };
}

type Table<Ids extends CommandId> = Readonly<Record<Ids, Command>>;

function packageCommands(deps: FunctionsDeps): Table<(typeof COMMANDS)['createPackage' | 'deletePackage']> {
  return {
    [COMMANDS.createPackage]: nodeCommand(FunctionsNode, async (node) => {
      requireWrite(node.account);
      const { createPackageIn } = await import('./packages/createPackage.ts');
      await thenShow(deps, [node], async (progress) => {
        const name = await createPackageIn(node.place, { ...deps, progress });
        return (row) => row instanceof PackageNode && row.pkg.name === name;
      });
    }, { ask: () => l10n.t('Choose where the package is for'), through: PLACES }),
    [COMMANDS.deletePackage]: nodesCommand(PackageNode, async (nodes, { busy }) => {
      const own = nodes.filter((node) => node.resource !== undefined);
      requireWrite(...own.map(({ account }) => account));
      const { deletePackages } = await import('./packages/deletePackages.ts');
      await thenShow(deps, listsOf(own), async (progress) => {
        await deletePackages(own.map(({ place, pkg: { name } }) => ({ place, name })), { ...deps, progress });
        return nothing;
      }, () => busy(l10n.t('Deleting…')));
    }, { ask: () => l10n.t('Choose the package to delete'), through: PACKAGES, offers: (node) => node.resource !== undefined, isNoUse: true }),
  };
}

function actionCommands(
  deps: FunctionsDeps,
): Table<(typeof COMMANDS)['createAction' | 'openCode' | 'runAction' | 'deployTo' | 'undoDeploy' | 'copyAction' | 'downloadAction' | 'deleteAction']> {
  return {
    [COMMANDS.createAction]: placeCommand((node) => createAction(node, deps), { ask: () => l10n.t('Choose the package the action is for'), through: PACKAGES }),
    [COMMANDS.openCode]: actionCommand(async (target) => {
      const { openCode } = await import('./editing/openCode.ts');
      await openCode(target, deps);
    }, { ask: () => l10n.t('Choose the action whose code to open'), through: ACTIONS }),
    [COMMANDS.runAction]: actionCommand(async (target) => {
      requireSend(target.place.account);
      const { runAction } = await import('./runs/runAction.ts');
      await runAction(target, deps);
    }, { ask: () => l10n.t('Choose the action to run'), through: ACTIONS }),
    [COMMANDS.deployTo]: actionCommand(async (target) => {
      requireWrite(target.place.account);
      const { deployTo } = await import('./actions/deploy.ts');
      await deployTo(target, deps);
    }, { ask: () => l10n.t('Choose the action to deploy to'), through: ACTIONS }),
    [COMMANDS.undoDeploy]: actionCommand(async (target) => {
      requireWrite(target.place.account);
      const { undoDeploy } = await import('./editing/undoDeploy.ts');
      await undoDeploy(target, deps);
    }, { ask: () => l10n.t('Choose the action whose last deploy to undo'), through: ACTIONS }),
    [COMMANDS.copyAction]: actionCommand(async (target) => {
      const { copyAction } = await import('./actions/copyAction.ts');
      await copyAction(target, deps);
    }, { ask: () => l10n.t('Choose the action to copy'), through: ACTIONS }),
    [COMMANDS.downloadAction]: actionCommand(async (target) => {
      const { downloadAction } = await import('./actions/downloadAction.ts');
      await downloadAction(target, deps);
    }, { ask: () => l10n.t('Choose the action to download'), through: ACTIONS }),
    [COMMANDS.deleteAction]: nodesCommand(ActionNode, async (nodes, { busy }) => {
      requireWrite(...nodes.map(({ account }) => account));
      const { deleteActions } = await import('./actions/deleteActions.ts');
      await thenShow(deps, listsOf(nodes), async (progress) => {
        await deleteActions(nodes.map(({ target }) => target), { ...deps, progress });
        return nothing;
      }, () => busy(l10n.t('Deleting…')));
    }, { ask: () => l10n.t('Choose the action to delete'), through: ACTIONS, isNoUse: true }),
  };
}

async function createAction(node: FunctionsNode | PackageNode, deps: FunctionsDeps): Promise<void> {
  requireWrite(node.account);
  const { createActionIn } = await import('./actions/createAction.ts');
  const pkg = node instanceof PackageNode ? node.pkg.name : undefined;
  await thenShow(deps, [node], async (progress) => {
    const { pkg: chosen, name } = await createActionIn(node.place, pkg, { ...deps, progress });
    return (row) => (row instanceof ActionNode && row.action.name === name) || (row instanceof PackageNode && pkg === undefined && row.pkg.name === chosen);
  });
}

/** What comes from lenses, editors and the Explorer. */
function codeCommands(
  deps: FunctionsDeps,
): Table<(typeof COMMANDS)['deployFile' | 'runCode' | 'deployCode' | 'undoCode' | 'showActivations' | 'runAgain' | 'refreshRun']> {
  return {
    [COMMANDS.deployFile]: argumentCommand(async (args) => {
      const { deployResource } = await import('./actions/deploy.ts');
      await deployResource(filesOf(args), deps);
    }, { key: (args) => filesOf(args).join(' ') }),
    [COMMANDS.runCode]: argumentCommand(async ([subject]) => {
      const { runCode } = await import('./runs/lensCommands.ts');
      await runCode(subject, deps);
    }, { key: wordsOf }),
    [COMMANDS.deployCode]: argumentCommand(async ([uri]) => {
      const { deployResource } = await import('./actions/deploy.ts');
      if (uri instanceof Uri) await deployResource([uri], deps);
    }, { key: wordsOf }),
    [COMMANDS.undoCode]: argumentCommand(async ([subject]) => {
      const { undoCode } = await import('./runs/lensCommands.ts');
      await undoCode(subject, deps);
    }, { key: wordsOf }),
    [COMMANDS.showActivations]: argumentCommand(async ([subject]) => {
      const { showActivations } = await import('./runs/lensCommands.ts');
      await showActivations(subject, deps);
    }),
    [COMMANDS.runAgain]: argumentCommand(async ([address]) => {
      const { runAgain } = await import('./runs/lensCommands.ts');
      await runAgain(address, deps);
    }, { key: wordsOf }),
    [COMMANDS.refreshRun]: argumentCommand(async ([address]) => {
      const { refreshRun } = await import('./runs/lensCommands.ts');
      await refreshRun(address, deps);
    }, { key: wordsOf }),
  };
}

/** The files a command was started on: those selected in the Explorer, else the one clicked, else the one in front. */
function filesOf([clicked, selected]: readonly unknown[]): readonly Uri[] {
  const active = window.activeTextEditor?.document.uri;
  const given: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [clicked ?? active];
  return given.filter((uri) => uri instanceof Uri);
}

/** The words of what a lens is about: two clicks on it have the same. Without it, the command is about the document in front. */
function wordsOf([about]: readonly unknown[]): string | undefined {
  if (about === undefined || about === null) return window.activeTextEditor?.document.uri.path;
  if (typeof about === 'string') return about;
  if (about instanceof Uri) return about.toString();
  if (typeof about !== 'object') return undefined;
  return JSON.stringify(Object.values(about).flat().filter((part) => typeof part === 'string'));
}

function activationCommands(deps: FunctionsDeps): Table<(typeof COMMANDS)['openActivation' | 'chooseActivationRange' | 'watchActivations']> {
  return {
    [COMMANDS.openActivation]: nodeCommand(ActivationNode, async (node) => {
      const { openActivation } = await import('./runs/openActivation.ts');
      await openActivation(node, deps);
    }, { ask: () => l10n.t('Choose the activation to open'), through: ACTIONS }),
    [COMMANDS.chooseActivationRange]: nodeCommand(ActivationsNode, async (node) => {
      const { chooseRange } = await import('./runs/activationRange.ts');
      await chooseRange(node, deps);
    }, { ask: () => l10n.t('Choose the activations to narrow down'), through: ACTIONS, refresh: 'node' }),
    [COMMANDS.watchActivations]: subjectCommand(async (subject) => {
      const { watchActivations } = await import('./runs/watch.ts');
      await watchActivations(subject, deps);
    }, { ask: () => l10n.t('Choose what to watch'), through: [...ACTIONS, 'cloudFunctions.triggers'] }),
  };
}

function triggerCommands(
  deps: FunctionsDeps,
): Table<(typeof COMMANDS)['createTrigger' | 'fireTrigger' | 'linkActions' | 'unlinkAction' | 'deleteTrigger']> {
  const triggerOf = ({ place, trigger: { name } }: TriggerNode): { place: FunctionsPlace; name: string } => ({ place, name });
  return {
    [COMMANDS.createTrigger]: nodeCommand(TriggersNode, async (node) => {
      requireWrite(node.account);
      const { createTriggerIn } = await import('./triggers/createTrigger.ts');
      await thenShow(deps, [node], async (progress) => {
        const name = await createTriggerIn(node.place, { ...deps, progress });
        return (row) => row instanceof TriggerNode && row.trigger.name === name;
      });
    }, { ask: () => l10n.t('Choose where the trigger is for'), through: PACKAGES }),
    [COMMANDS.fireTrigger]: nodeCommand(TriggerNode, async (node) => {
      requireSend(node.account);
      const { fireTrigger } = await import('./triggers/fireTrigger.ts');
      await fireTrigger(triggerOf(node), deps);
    }, { ask: () => l10n.t('Choose the trigger to fire'), through: TRIGGERS }),
    [COMMANDS.linkActions]: nodeCommand(TriggerNode, async (node) => {
      requireWrite(node.account);
      const { linkActions } = await import('./triggers/linkActions.ts');
      await thenShow(deps, [node], async (progress) => {
        await linkActions(triggerOf(node), { ...deps, progress });
        return nothing;
      });
    }, { ask: () => l10n.t('Choose the trigger to link actions to'), through: TRIGGERS }),
    [COMMANDS.unlinkAction]: nodeCommand(LinkedActionNode, async (node) => {
      requireWrite(node.account);
      const { unlinkAction } = await import('./triggers/linkActions.ts');
      await thenShow(deps, listsOf([node]), async (progress) => {
        await unlinkAction(triggerOf(node.trigger), node.action, { ...deps, progress });
        return nothing;
      });
    }, { ask: () => l10n.t('Choose the action to unlink'), through: [...TRIGGERS, 'cloudFunctions.trigger'] }),
    [COMMANDS.deleteTrigger]: nodesCommand(TriggerNode, async (nodes, { busy }) => {
      requireWrite(...nodes.map(({ account }) => account));
      const { deleteTriggers } = await import('./triggers/deleteTriggers.ts');
      await thenShow(deps, listsOf(nodes), async (progress) => {
        await deleteTriggers(nodes.map(triggerOf), { ...deps, progress });
        return nothing;
      }, () => busy(l10n.t('Deleting…')));
    }, { ask: () => l10n.t('Choose the trigger to delete'), through: TRIGGERS, isNoUse: true }),
  };
}

/** The action a row stands for: its own, or that a trigger is linked to. */
function targetOf(node: TreeNode): ActionTarget | undefined {
  return node instanceof ActionNode || node instanceof LinkedActionNode ? node.target : undefined;
}

function actionCommand(run: (target: ActionTarget, context: RunContext) => Promise<void>, options: NodeCommandOptions): NodeCommand {
  return commandOn(targetOf, run, { offers: (node) => node instanceof ActionNode, ...options });
}

function subjectCommand(run: (subject: RunSubject) => Promise<void>, options: NodeCommandOptions): NodeCommand {
  return commandOn<RunSubject>((node) => {
    if (node instanceof TriggerNode) return { place: node.place, name: node.trigger.name };
    return node instanceof ActivationsNode ? node.subject : targetOf(node);
  }, run, { offers: (node) => node instanceof ActionNode || node instanceof TriggerNode, ...options });
}

function placeCommand(run: (node: FunctionsNode | PackageNode) => Promise<void>, options: NodeCommandOptions): NodeCommand {
  return commandOn((node) => (node instanceof FunctionsNode || node instanceof PackageNode ? node : undefined), run, {
    offers: (node) => node instanceof PackageNode, ...options,
  });
}

/** A command on every row that something can be taken of. */
function commandOn<T>(subjectOf: (node: TreeNode) => T | undefined, run: (subject: T, context: RunContext) => Promise<void>, options: NodeCommandOptions): NodeCommand {
  return {
    type: 'node',
    matches: (node) => subjectOf(node) !== undefined,
    run: async (node, context) => {
      const subject = subjectOf(node);
      if (subject === undefined) throw new TypeError(`Not for this command: ${node.kind}`);
      await run(subject, context);
    },
    options,
  };
}
