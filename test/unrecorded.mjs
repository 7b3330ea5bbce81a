// Preloaded before tap's own hooks, which read each of 1,700 loaded files once more to note which test loads what: a
// second a test, for `tap run changed`, which nobody runs here
process.env['_TAPJS_PROCESSINFO_EXCLUDE_'] = '/./'
