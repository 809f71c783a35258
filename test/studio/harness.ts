/** What a test of the studio needs: a test that wants a Chromium, and a visit to the real page. */
export { browserTest as studioTest } from '../browser/harness.ts'
export { visit } from './visit.ts'
