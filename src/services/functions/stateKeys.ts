/** Where the workspace's state keeps which local files and folders are deployed to which action. */
export const BINDINGS_KEY = 'cloudStreams.functions.deployBindings';
