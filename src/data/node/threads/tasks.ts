import { decodeImages } from '../images/decode.ts'
import { greatestSamples } from '../images/greatest.ts'
import { scanImages } from '../images/scan.ts'
import { readFileRecords } from './file-records.ts'

/** What threads can be asked for: functions of plain data to arrays whose memory is handed over. */
export const tasks = { readFileRecords, scanImages, greatestSamples, decodeImages } as const

export type TaskName = keyof typeof tasks
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0]
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<(typeof tasks)[Name]>>
