import { z } from 'zod'

// zod would try `new Function` once to see whether it may; the content security policy reports each such try.
z.config({ jitless: true })
