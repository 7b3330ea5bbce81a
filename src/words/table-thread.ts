import { parentPort, workerData } from 'node:worker_threads'
import { readTable } from '../imports/table-reader.ts'

parentPort?.postMessage(readTable(workerData as Uint8Array))
