import { setFlagsFromString } from 'node:v8'

// .taprc leaves out the compiler that pays for itself only in tests that keep the database busy for long: these import this first
setFlagsFromString('--no-liftoff-only')
