/** The public API, the same in Node.js and in a browser. */
export * from './inside.ts'
