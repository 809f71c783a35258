/** The public API in Node.js. */
export * from './inside.node.ts'
