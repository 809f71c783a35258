/** Tests of parts name any of them: all are at hand. */
import { everyPart } from './every-part.ts'

await everyPart()
