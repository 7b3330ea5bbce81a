import async_hooks from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'

// What tap switches on for coverage and source maps costs 0.9 s of each file's run. We have neither: stripped types leave every line where it was.
process.env['_TAPJS_PROCESSINFO_EXCLUDE_'] = '/./'
process.setSourceMapsEnabled(false)
process.setSourceMapsEnabled = () => {}

// It also follows every promise, to tell which subtest an uncaught fault belongs to: a tenth of a test that asks a database all
// the time. Each file is a process of its own, and a fault ends it all the same.
const hook = { enable: () => hook, disable: () => hook }
async_hooks.createHook = () => hook
syncBuiltinESMExports()
