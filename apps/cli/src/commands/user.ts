import type { Client } from '@zhike/contract/client.ts'
import * as roles from '@zhike/contract/platform/roles.ts'
import * as users from '@zhike/contract/platform/users.ts'
import { oneOf } from '../arguments.ts'
import type { Command, Context, Outcome } from '../command.ts'
import { UsageProblem } from '../failure.ts'
import { moment } from '../format.ts'
import { nearest } from '../nearest.ts'
import { table } from '../table.ts'
import type { Text } from '../text.ts'

const stateNames: Record<users.UserState, Text> = {
  invited: { zh: '已邀请', en: 'invited' },
  active: { zh: '正常', en: 'active' },
  disabled: { zh: '已停用', en: 'disabled' },
}

export const userCommand: Command = {
  name: 'user',
  usage: ['user', 'user roles', 'user invite EMAIL --name NAME --role ROLE', 'user link EMAIL', 'user disable|enable EMAIL'],
  text: { zh: '人员：列出、邀请、重发链接、停用与启用', en: 'People: lists them, invites somebody, makes a new link, lets them in or not' },
  options: {
    name: { type: 'string', value: 'NAME', text: { zh: '邀请：姓名', en: 'Invite: the name' } },
    role: { type: 'string', multiple: true, value: 'ROLE', text: { zh: '邀请：角色的代码或名称', en: 'Invite: code or name of a role' } },
  },
  run: async (context) => {
    const [word = 'list', email, ...rest] = context.words
    const action = oneOf('ACTION', word, ['list', 'roles', 'invite', 'link', 'disable', 'enable'] as const)
    if (rest.length > 0 || (action === 'list' || action === 'roles') !== (email === undefined)) {
      throw new UsageProblem({ zh: '写法见 zhike help user。', en: 'See zhike help user.' })
    }
    if (email === undefined) return action === 'roles' ? listRoles(context) : listUsers(context)
    if (action === 'invite') return invite(context, email)
    const user = await findUser(context.call, email)
    return action === 'link' ? newLink(context, user) : letIn(context, user, action === 'enable')
  },
}

async function listUsers({ call, say, print }: Context): Promise<Outcome> {
  const items = await allUsers(call)
  const head = [
    say({ zh: '姓名', en: 'Name' }),
    say({ zh: '邮箱', en: 'E-mail' }),
    say({ zh: '状态', en: 'State' }),
    say({ zh: '角色', en: 'Roles' }),
    say({ zh: '上次登录', en: 'Last signed in' }),
  ]
  const rows = items.map((user) => [
    user.name,
    user.email,
    say(stateNames[user.state]),
    user.roles.map(({ name }) => name).join(', '),
    moment(user.lastSignInAt),
  ])
  for (const line of table(head, rows)) print(line)
  return { result: { users: items } }
}

async function allUsers(call: Client): Promise<users.User[]> {
  const found: users.User[] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await call(users.list, { query: { limit: 200, ...(after === undefined ? {} : { after }) } })
    found.push(...items)
    if (next === null) return found
    after = next
  }
}

async function findUser(call: Client, email: string): Promise<users.User> {
  const all = await allUsers(call)
  const user = all.find((one) => one.email === email.toLowerCase())
  if (user) return user
  const meant = nearest(
    email,
    all.map((one) => one.email),
  )
  throw meant === undefined
    ? new UsageProblem({ zh: '没有邮箱为 {email} 的人员。', en: 'Nobody has the e-mail address {email}.' }, { email })
    : new UsageProblem(
        { zh: '没有邮箱为 {email} 的人员；您是否想写 {meant}？', en: 'Nobody has the e-mail address {email}; did you mean {meant}?' },
        { email, meant },
      )
}

async function listRoles({ call, print, say }: Context): Promise<Outcome> {
  const { items } = await call(roles.list, {})
  const head = [say({ zh: '代码', en: 'Code' }), say({ zh: '名称', en: 'Name' }), say({ zh: '人数', en: 'People' })]
  for (const line of table(
    head,
    items.map(({ code, name, members }) => [code ?? '—', name, String(members)]),
    [2],
  ))
    print(line)
  return { result: { roles: items } }
}

async function invite({ call, given, say, print }: Context, email: string): Promise<Outcome> {
  const [name, wanted] = [given.text('name'), given.texts('role')]
  if (name === undefined || wanted.length === 0) {
    throw new UsageProblem({
      zh: '邀请时要写 --name 和 --role；角色见 zhike user roles。',
      en: 'An invitation needs --name and --role; see zhike user roles.',
    })
  }
  const { items } = await call(roles.list, {})
  const { user, invitation } = await call(users.invite, {
    body: { name, email, roleIds: wanted.map((role) => roleOf(items, role).id), teamIds: [] },
  })
  print(
    say(
      { zh: '已邀请 {name}。把这个链接交给对方，{until} 前有效：', en: '{name} is invited. Hand over this link, valid until {until}:' },
      { name, until: moment(invitation.expiresAt) },
    ),
  )
  print(invitation.url)
  return { result: { userId: user.id, email: user.email, ...invitation } }
}

function roleOf(known: readonly roles.Role[], written: string): roles.Role {
  const same = written.toLowerCase()
  const role = known.find(({ code, name }) => code === same || name.toLowerCase() === same)
  if (role) return role
  const words = known.flatMap(({ code, name }) => (code === null ? [name] : [code, name]))
  const meant = nearest(written, words) ?? words.join(', ')
  throw new UsageProblem(
    { zh: '没有角色“{written}”；可选：{meant}。', en: 'There is no role "{written}"; perhaps {meant}.' },
    { written, meant },
  )
}

async function newLink({ call, say, print }: Context, user: users.User): Promise<Outcome> {
  const link = await call(users.link, { params: { id: user.id } })
  print(
    say(
      { zh: '给 {name} 的新链接，{until} 前有效：', en: 'A new link for {name}, valid until {until}:' },
      { name: user.name, until: moment(link.expiresAt) },
    ),
  )
  print(link.url)
  return { result: { userId: user.id, email: user.email, ...link } }
}

async function letIn({ call, say, print }: Context, user: users.User, enabled: boolean): Promise<Outcome> {
  const edited = await call(users.edit, { params: { id: user.id }, body: { enabled } }, { version: user.version })
  const text = enabled
    ? { zh: '{name} 可以登录了。', en: '{name} may sign in again.' }
    : { zh: '{name} 已停用。', en: '{name} may not sign in any more.' }
  print(say(text, { name: user.name }))
  return { result: { userId: user.id, email: user.email, state: edited.state } }
}
