/** What the studio's page itself may hold of the library: code that imports nothing but types. */
export { differencesOf, incomparable } from './recipe/differences.ts'
export { download } from './report/live/download.ts'
