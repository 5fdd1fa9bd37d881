/** One line of progress on a terminal; on anything else a line per tenth. */
export function progressBar(title: string): { show(fraction: number, text: string): void; end(): void } {
  const terminal = process.stderr.isTTY
  let lastTenth = -1
  return {
    show(fraction, text) {
      const share = Math.min(1, Math.max(0, fraction))
      if (terminal) {
        const filled = Math.round(share * 30)
        process.stderr.write(`\r\x1b[K${title} ${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${Math.floor(share * 100)} %  ${text}`)
      } else if (Math.floor(share * 10) > lastTenth) {
        lastTenth = Math.floor(share * 10)
        process.stderr.write(`${title} ${lastTenth * 10} %\n`)
      }
    },
    end() {
      if (terminal) process.stderr.write('\n')
    },
  }
}
