import '../optimised.ts'
import t from 'tap'
import { fuzz } from './fuzzing.ts'

// beside the other file, on another seed: together 100,000 inputs
t.test('and again with other chances', t => fuzz(t, 2, Number(process.env['FUZZ_COUNT'] ?? 50_000)))
