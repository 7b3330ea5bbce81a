import type { FastifyPluginAsync } from 'fastify'
import { asset } from '../base/http/assets.ts'
import { words } from './install-words.ts'

/** By this file a phone takes the speaker's pages as a program of its own. */
export const installRoutes: FastifyPluginAsync = async app => {
  app.get('/manifest.webmanifest', { config: { access: 'open' } }, async (request, reply) => {
    const { language } = request
    const { name, text } = words[language]
    const icon = (
      file: 'icon-192.png' | 'icon-512.png' | 'icon-mask.png',
      size: number,
      purpose: 'any' | 'maskable',
    ) => ({
      src: asset(file),
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose,
    })
    reply.type('application/manifest+json').header('cache-control', 'private, max-age=86400')
    return {
      id: '/me',
      lang: language,
      name,
      short_name: name,
      description: text,
      start_url: '/me',
      // signing in belongs to the program, too
      scope: '/',
      display: 'standalone',
      theme_color: '#0a4654',
      background_color: '#faf7f1',
      icons: [
        icon('icon-192.png', 192, 'any'),
        icon('icon-512.png', 512, 'any'),
        icon('icon-mask.png', 512, 'maskable'),
        { src: asset('icon.svg'), sizes: 'any', type: 'image/svg+xml' },
      ],
    }
  })
}
