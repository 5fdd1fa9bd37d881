import * as jobs from '@zhike/contract/platform/jobs.ts'
import { oneOf } from '../arguments.ts'
import type { Command, Context, Outcome } from '../command.ts'
import { UsageProblem } from '../failure.ts'
import { moment, percent } from '../format.ts'
import { table } from '../table.ts'
import type { Text } from '../text.ts'
import { waitForJob } from '../wait-for-job.ts'

const actions = ['list', 'show', 'wait', 'cancel'] as const

const stateNames: Record<jobs.Job['state'], Text> = {
  waiting: { zh: '等待', en: 'waiting' },
  running: { zh: '运行中', en: 'running' },
  done: { zh: '完成', en: 'done' },
  failed: { zh: '失败', en: 'failed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
}

export const jobsCommand: Command = {
  name: 'jobs',
  usage: ['jobs', 'jobs show|wait|cancel ID'],
  text: { zh: '查看、等待或取消任务', en: 'Lists jobs, shows one, waits for it or cancels it' },
  options: {
    state: { type: 'string', value: jobs.JobState.options.join('|'), text: { zh: '只看这个状态', en: 'Only in this state' } },
    kind: { type: 'string', value: 'KIND', text: { zh: '只看这一种', en: 'Only of this kind' } },
    limit: { type: 'string', value: 'N', text: { zh: '最多几条；默认 20', en: 'How many at most; 20 by default' } },
  },
  run: async (context) => {
    const [word = 'list', id, ...rest] = context.words
    const action = oneOf('ACTION', word, actions)
    if (rest.length > 0 || (action === 'list') !== (id === undefined)) {
      throw new UsageProblem({
        zh: '写法：zhike jobs，或 zhike jobs show|wait|cancel ID。',
        en: 'Write: zhike jobs, or zhike jobs show|wait|cancel ID.',
      })
    }
    if (id === undefined) return list(context)
    const job = await context.call(action === 'cancel' ? jobs.cancel : jobs.get, { params: { id } })
    return show(context, action === 'wait' ? await waitForJob(context, id, job.kind) : job)
  },
}

async function list({ call, given, say, print, locale }: Context): Promise<Outcome> {
  const [state, kind, limit] = [given.text('state'), given.text('kind'), given.whole('limit', 1, 200)]
  const { items } = await call(jobs.list, {
    query: {
      limit: limit ?? 20,
      ...(state === undefined ? {} : { state: oneOf('--state', state, jobs.JobState.options) }),
      ...(kind === undefined ? {} : { kind }),
    },
  })
  const head = [
    'ID',
    say({ zh: '任务', en: 'Job' }),
    say({ zh: '状态', en: 'State' }),
    say({ zh: '进度', en: 'Done' }),
    say({ zh: '开始', en: 'Since' }),
  ]
  const rows = items.map((job) => [
    job.id,
    job.kind,
    say(stateNames[job.state]),
    doneOf(job, locale),
    moment(job.startedAt ?? job.createdAt),
  ])
  for (const line of table(head, rows, [3])) print(line)
  return { result: { jobs: items } }
}

const doneOf = ({ state, done, total }: jobs.Job, locale: Context['locale']) =>
  state !== 'running' ? '' : total === null ? String(done) : percent(Math.min(1, done / Math.max(1, total)), locale)

async function show({ say, print, locale }: Context, job: jobs.Job): Promise<Outcome> {
  print(`${job.id}  ${job.kind}  ${say(stateNames[job.state])}  ${doneOf(job, locale)}`.trimEnd())
  if (job.problem) print(`${job.problem.title} ${job.problem.detail ?? ''}`.trimEnd())
  if (job.result) print(JSON.stringify(job.result))
  return { result: job }
}
