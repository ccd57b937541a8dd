// Runs once before the tests of functions, databases and servers.
export function setup(): void {}
