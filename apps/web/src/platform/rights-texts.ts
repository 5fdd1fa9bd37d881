import { defineTexts } from '../ui/text-pair.ts'

/** What each right lets somebody do, as a verb. */
export const texts = defineTexts({
  'right.customer.read': { zh: '查看客户', en: 'See customers' },
  'right.customer.create': { zh: '新建客户', en: 'Add customers' },
  'right.customer.edit': { zh: '修改客户', en: 'Edit customers' },
  'right.customer.link': { zh: '合并与拆分客户', en: 'Merge and split customers' },
  'right.customer.export': { zh: '导出客户', en: 'Export customers' },
  'right.product.read': { zh: '查看商品', en: 'See products' },
  'right.product.edit': { zh: '修改商品', en: 'Edit products' },
  'right.order.read': { zh: '查看订单', en: 'See orders' },
  'right.order.edit': { zh: '录入与修改订单', en: 'Enter and edit orders' },
  'right.import.run': { zh: '导入', en: 'Import files' },
  'right.import.manage': { zh: '管理所有人的导入', en: 'Manage everybody’s imports' },
  'right.analysis.read': { zh: '查看分析', en: 'See analyses' },
  'right.analysis.run': { zh: '运行分析', en: 'Run analyses' },
  'right.job.read': { zh: '查看自己的作业', en: 'See one’s own jobs' },
  'right.job.manage': { zh: '管理所有作业', en: 'Manage all jobs' },
  'right.user.manage': { zh: '管理人员与角色', en: 'Manage people and roles' },
  'right.audit.read': { zh: '查看审计日志', en: 'Read the audit log' },
  'right.settings.manage': { zh: '修改公司设置', en: 'Change the company’s settings' },
  'right.system.manage': { zh: '管理系统', en: 'Run the system' },
})
