import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Eta } from 'eta'

const root = path.join(import.meta.dirname, '../..')
const out = path.join(root, 'node_modules/.cache/views')
const linesOf = (text: string) => text.replace(/[^\n]/g, '')

const head = (name: string, up: string): string =>
  [
    `import type { Frame, Views } from '${up}src/base/http/pages.ts'`,
    `import type { Html } from '${up}src/base/http/html.ts'`,
    `import type {} from '${up}src/app.ts'`,
    'declare function print(value: string | number): void',
    'declare function raw(value: Html): void',
    'declare function include<N extends keyof Views>(name: `/${N}`, data: Views[N]): Html',
    "declare function layout<N extends keyof Views>(name: `/${N}`, data: Omit<Views[N], 'body'>): void",
    `export function view(it: Views['${name}']${/^(parts|letters)\//.test(name) ? '' : ' & Frame'}) {`,
  ].join('; ')

/** A template as a typed function with the same line numbers, for the compiler to judge. */
function typed(name: string, template: string, up: string): string {
  let code = head(name, up)
  let end = 0
  for (const tag of template.matchAll(/<%([=~]?)[-_]?([\s\S]*?)[-_]?%>/g)) {
    const [whole, kind, inner = ''] = tag
    code += linesOf(template.slice(end, tag.index))
    code += kind === '=' ? `;print(${inner});` : kind === '~' ? `;raw(${inner});` : inner
    end = tag.index + whole.length
  }
  return `${code}${linesOf(template.slice(end))}\n}\n`
}

rmSync(out, { recursive: true, force: true })
const names = globSync('views/**/*.eta', { cwd: root })
  .map(file => file.slice('views/'.length, -'.eta'.length))
  .sort()
for (const name of names) {
  const file = path.join(out, `${name}.ts`)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(
    file,
    typed(
      name,
      readFileSync(path.join(root, 'views', `${name}.eta`), 'utf8'),
      `${path.relative(path.dirname(file), root)}/`,
    ),
  )
}
// a typed page without its file, and a file that nobody types, are mistakes as well
writeFileSync(
  path.join(out, 'all.ts'),
  `import type { Frame, Views } from '../../../src/base/http/pages.ts'\nimport type {} from '../../../src/app.ts'\n` +
    `export const all: Record<keyof Views, true> = {\n${names.map(name => `  '${name}': true,`).join('\n')}\n}\n` +
    // a page's field that the frame has, too, would silently be the frame's
    `type Page = Exclude<keyof Views, \`\${'parts' | 'letters' | 'layouts'}/\${string}\`>\n` +
    `export type Hidden = { [Name in Page]: keyof Views[Name] & keyof Frame extends never ? never : Name }[Page]\n` +
    `export const hidden: [Hidden] extends [never] ? true : { 'named like a field of the frame': Hidden } = true\n`,
)
writeFileSync(
  path.join(out, 'tsconfig.json'),
  JSON.stringify({
    extends: '../../../tsconfig.json',
    compilerOptions: {
      noUnusedLocals: false,
      rootDir: '../../..',
      typeRoots: ['../../@types'],
      tsBuildInfoFile: '../views.tsbuildinfo',
    },
    // the code as well: a run of its own would read all of it a second time, 15 s
    include: ['.', ...['src', 'migrations', 'test'].map(folder => `../../../${folder}`)],
  }),
)
// a template is JavaScript when it is rendered: types in it would only break there
const eta = new Eta({ views: path.join(root, 'views'), varName: 'it' })
for (const name of names) {
  try {
    eta.compile(readFileSync(path.join(root, 'views', `${name}.eta`), 'utf8'))
  } catch (error) {
    console.error(`views/${name}.eta: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}
try {
  execFileSync(path.join(root, 'node_modules/.bin/tsc'), ['-p', out], { cwd: root, encoding: 'utf8', stdio: 'pipe' })
} catch (error) {
  const { stdout } = error as { stdout?: string }
  console.error((stdout ?? String(error)).replaceAll(/node_modules\/\.cache\/views\/(\S+)\.ts\(/g, 'views/$1.eta('))
  process.exitCode = 1
}
