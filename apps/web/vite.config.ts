import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Lays a `.br` and a `.gz` beside each text asset, so that the server never compresses while somebody waits. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    // After vite has put the names of chunks into the code.
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const [name, file] of Object.entries(bundle)) {
          if (!/\.(js|css|svg)$/.test(name)) continue
          const content = Buffer.from(file.type === 'chunk' ? file.code : file.source)
          if (content.length < 1024) continue
          const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
          this.emitFile({ type: 'asset', fileName: `${name}.br`, source: brotli })
          this.emitFile({ type: 'asset', fileName: `${name}.gz`, source: gzipSync(content, { level: 9 }) })
        }
      },
    },
  }
}

/**
 * Writes `service-worker.js` with the names of what the shell is made of: the page, its entry and all that it imports at once. The
 * version is theirs, so that another build is another worker.
 */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const first = new Set<string>()
        const take = (name: string) => {
          const file = bundle[name]
          if (file?.type !== 'chunk' || first.has(name)) return
          first.add(name)
          for (const style of file.viteMetadata?.importedCss ?? []) first.add(style)
          for (const each of file.imports) take(each)
        }
        for (const file of Object.values(bundle)) if (file.type === 'chunk' && file.isEntry) take(file.fileName)
        const shell = [...first].toSorted().map((name) => `/${name}`)
        const version = createHash('sha256').update(shell.join()).digest('hex').slice(0, 12)
        const source = readFileSync(new URL('service-worker.js', import.meta.url), 'utf8')
          .replace("'__VERSION__'", JSON.stringify(version))
          .replace("['__SHELL__']", JSON.stringify(shell))
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source })
      },
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), serviceWorker(), precompress()],
  build: {
    target: 'es2022',
    // A data: address would need its own permission in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // zod is told not to try eval in the chunk that it comes in, before any schema is made in another.
            { name: 'zod', test: /node_modules\/zod\/|\/app\/no-eval\.ts$/ },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'shell', tags: ['$initial'] },
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 20_000 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env['ZHIKE_URL'] ?? 'http://127.0.0.1:8080' } },
})
