import '../optimised.ts'
import t from 'tap'
import { fuzz } from './fuzzing.ts'

t.test('whatever is sent is answered: no fault, all headers, nothing unescaped, nowhere else', t =>
  fuzz(t, Number(process.env['FUZZ_SEED'] ?? 1), Number(process.env['FUZZ_COUNT'] ?? 50_000)),
)
