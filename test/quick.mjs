// What tap switches on for coverage and source maps costs 0.9 s of each file's run. We have neither: stripped types leave every line where it was.
process.env['_TAPJS_PROCESSINFO_EXCLUDE_'] = '/./'
process.setSourceMapsEnabled(false)
process.setSourceMapsEnabled = () => {}
