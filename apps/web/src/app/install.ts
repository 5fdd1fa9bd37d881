/** Lets the built app open without a network; only on a secure address, as browsers will have it. */
export function keepShell(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  // After the page is there: what is kept for later must not stand in the way of what is wanted now.
  window.addEventListener('load', () => void navigator.serviceWorker.register('/service-worker.js').catch(() => {}), { once: true })
}
