import type { FastifyInstance, FastifyRequest } from 'fastify'

export type Upload = { file?: Uint8Array; [field: string]: string | Uint8Array | undefined }

/** Boundaries and the short fields beside the file. */
const wrapping = 16_384

/**
 * Takes a form with a file in this plugin alone. It is whole before any hook looks at it, so the form's token is checked
 * as on any other form; Node's own reader of multipart takes it apart.
 */
export function takeFiles(app: FastifyInstance, mostBytes: number): void {
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: mostBytes + wrapping },
    async (request: FastifyRequest, body: Buffer): Promise<Upload> => {
      const type = request.headers['content-type'] ?? ''
      const fields = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
        .formData()
        .catch(() => undefined)
      const upload: Upload = {}
      for (const [name, value] of fields ?? [])
        if (typeof value === 'string') upload[name] = value
        else if (name === 'file') {
          upload.file = new Uint8Array(await value.arrayBuffer())
          upload['fileName'] = value.name
        }
      return upload
    },
  )
}
