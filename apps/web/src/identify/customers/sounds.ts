/** How the characters in the names of divisions are read, without tones; several readings where people type either. */
const readings = new Map<string, string[]>()
for (const word of `
  a阿 ai爱 an安岸鞍庵 ang昂 ao敖澳 ba坝巴霸鲅八灞 bai柏白拜百 ban版班坂板 bao宝保包堡 bei北碚碑贝 ben本 beng蚌 bi璧壁泌毕碧濞比 bian边 bie别 bin滨宾彬
  bing兵秉 bo柏博泊勃伯波亳播 bu布埠步埔部堡埗 cai蔡彩 cang沧仓苍 cao曹草 ce册策 cen岑 ceng曾 cha察岔茶查 chai柴 chan瀍禅 chang昌长场厂常 chao朝巢潮 che车
  chen辰陈郴 cheng城成承澄呈称埕 chi池赤茌 chong崇重充冲 chou畴 chu滁楚 chuan川船 chun春淳 ci磁次慈 cong丛从 cui翠 cun村 cuo措错 da大达 dai大戴代岱傣
  dan郸丹儋淡 dang党当砀宕 dao岛道刀稻 de德得 deng磴灯登邓等 di坻滴地棣底迪 dian淀垫甸店点电 die叠迭 ding定鼎顶丁碇萣 dong东洞侗 dou斗豆 du渡都杜度独肚堵 duan端
  dui堆 dun敦 duo多掇 e鄂阿额峨 en恩 er尔二儿洱 fa法 fan烦繁范樊番 fang房坊方放防邡芳 fei妃肥费 fen汾芬分 feng丰奉峰凤锋风封烽 fo佛 fu涪抚复阜府浮扶富福罘符芙孚附
  ga嘎噶 gai盖改 gan甘赣干感 gang港冈岗钢刚 gao藁高皋 ge格葛各阁仡个戈革歌 gen根 geng耿 gong宫弓公工拱共贡巩恭珙功 gou沟 gu谷古沽固故姑鼓股 gua瓜 guai拐
  guan关馆冠灌官观管莞 guang广光 gui贵归桂龟 guo国郭涡果 ha哈 hai海 han邯罕汉邗含涵寒韩 hang行杭 hao浩好濠 he和河合鹤菏荷赫禾贺 hei黑 heng衡恒横亨 hong红虹洪宏
  hou侯后 hu壶湖呼虎葫胡祜鄠互 hua华化花骅桦滑 huai怀淮槐 huan桓环 huang黄皇潢晃凰煌湟 hui汇回惠辉徽会晖 hun浑珲 huo霍获 ji蓟极集鸡冀稷济吉基暨绩即积 jia嘉家佳加贾郏架夹迦伽甲
  jian间尖建涧箭监简剑碱 jiang江绛姜将疆 jiao交郊蛟椒蕉胶焦 jie节介界街解揭结 jin津金晋锦进缙 jing京景静井竞靖箐镜泾旌荆经精 jiu九鸠旧酒久 ju巨句居莒 juan鄄 jue觉
  jun军君筠峻 ka喀卡 kai开凯 kan坎 kang康 kao考 ke岢克科柯可 ken垦 keng坑 kong崆 kou口 ku库 kuan宽 kuang矿 kui奎葵 kun昆坤 la喇拉腊 lai涞来赉莱崃
  lan岚兰蓝澜 lang廊琅郎阆蒗朗浪 lao乐老崂佬 le乐勒 lei耒雷类垒 leng棱冷楞 li丽黎蠡礼离力里立梨利溧荔鲤栗历李醴澧理傈犁坜 lian莲联连涟濂廉 liang梁凉良两 liao辽聊寮 lie烈
  lin临林蔺邻麟 ling陵灵岭凌零令苓 liu留柳六流浏 long龙隆陇 lou娄楼 lu鹿路卢潞鲁陆芦绿六庐麓渌泸炉禄碌 luan栾滦 lun仑伦轮 luo洛罗萝漯 lv绿吕旅 lve略 ma马麻玛 mai迈麦
  man满曼 mang芒茫 mao茂茅毛 mei梅美眉湄 men门们 meng蒙孟盟梦勐 mi密泌汨米弥 mian渑绵棉冕勉 miao苗庙 min闵民闽岷敏 ming明名鸣 mo默莫漠墨谟磨末模 mou牟谋
  mu穆木牡牟牧仫沐 na纳那 nai奈乃 nan南楠 nang囊 nao淖 ne讷 nei内 nen嫩 ni尼 nian年碾 niao鸟 nie聂 ning宁 niu牛 nong农浓 nu怒 nuan暖 nuo诺
  ou瓯 pai牌 pan盘磐潘番攀 pei沛 peng彭蓬澎 pi皮邳陂郫 pian偏 piao票 ping平坪屏萍凭 po坡鄱颇 pu浦普蒲仆莆谱濮埔堡 qi綦祁旗齐七奇栖启杞淇蕲麒岐起耆崎 qia恰
  qian黔迁前千乾钱潜犍阡谦 qiang强羌 qiao桥谯硚巧 qie茄且伽 qin秦沁钦覃勤 qing庆青清晴 qiong琼邛 qiu邱丘 qu区曲衢朐渠 quan泉全权圈劝荃 que确 rang让壤 rao饶
  ren任仁 ri日 rong荣容蓉榕融 rou柔 ru如乳汝 rui芮瑞 run润 ruo若 sa萨撒 sai赛塞 san三 sang桑 se色 sha沙莎 shan山善单陕汕鄯杉 shang上尚商 shao绍邵召韶
  she涉社射畲歙 shen深神审沈莘申 sheng省胜圣嵊渑 shi市石氏峙什狮师浉始十施士势 shou寿手首 shu树舒熟沭墅曙蜀疏 shuang双 shui水 shun顺 shuo朔硕 si斯四寺泗思
  song松嵩淞 su肃苏宿僳 sui绥睢遂濉随穗 sun孙 suo索莎 ta塔 tai台太泰 tan潭坛滩郯 tang唐汤塘棠堂 tao陶桃洮 te特 teng腾滕藤 ti提 tian天田 tiao调 tie铁
  ting亭汀 tong通铜潼同洞桐峒 tou头投 tu土突图徒涂吐 tuan团 tun屯 tuo陀托拖脱 wa瓦洼佤 wai外 wan万湾宛 wang望王汪旺 wei魏威蔚围伟为尾潍微尉卫巍维未渭 wen文闻温汶
  weng翁瓮 wo沃斡卧 wu武巫无吴五乌婺芜舞伍悟梧务吾屋雾 xi西溪昔喜隰锡细淅息浠习汐 xia下夏霞厦峡 xian贤县献鲜仙咸 xiang乡襄香镶向相响象翔厢芗湘祥项 xiao小孝萧霄猇 xie谢解
  xin新辛信忻心 xing兴行陉邢杏荥星 xiong雄 xiu秀休岫修 xu徐盱许溆圩叙 xuan宣玄 xue薛穴学 xun逊浔寻浚旬循 ya牙鸭琊亚涯崖雅 yan延盐彦岩堰铅烟兖偃鄢郾炎雁沿研砚阎晏焉燕
  yang阳杨扬洋羊漾央 yao尧遥姚瑶要耀 ye冶野邺叶业掖 yi义邑易猗翼伊依谊宜沂眙仪弋黟夷峄驿益彝 yin阴银荫鄞殷印音 ying鹰营迎应颍荥英蓥盈莺 yong永埇邕雍 you酉右友邮游尤犹攸油
  yu渝裕玉蔚盂榆于鱼宇余雨豫虞禹屿尉舆禺郁隅峪 yuan元苑源园原垣远袁沅 yue乐越岳月 yun云运郓郧匀蕴 za杂 zai载仔 zan赞 zang藏 zao枣 ze泽则 zeng增曾 zha扎札柞 zhai寨
  zhan站沾湛 zhang长漳张彰章樟丈 zhao赵肇诏招照召昭 zhe浙柘 zhen镇振浈圳真贞 zheng正征政郑蒸 zhi治氏峙志沚至芝陟枝植芷指织脂止 zhong中忠钟仲 zhou州周洲舟
  zhu柱珠主诸驻竹株祝助 zhuang庄壮 zhun准 zhuo涿卓 zi自子资淄秭滋紫梓孜 zong宗枞 zou邹 zu足族 zui嘴 zun遵 zuo左作柞
`
  .trim()
  .split(/\s+/)) {
  const [, syllable = '', characters = ''] = /^([a-z]+)(.+)$/u.exec(word) ?? []
  for (const character of characters) readings.set(character, [...(readings.get(character) ?? []), syllable])
}

/** Whether what is typed are the sounds of a name from its beginning: xihu, xh and xihq are 西湖区. */
export function soundsLike(name: string, typed: string): boolean {
  const [character = '', ...rest] = name
  return (readings.get(character) ?? []).some((syllable) => {
    if (syllable.startsWith(typed)) return true
    const said = [syllable, syllable.slice(0, 2), syllable.slice(0, 1)].filter(
      (part) => typed.startsWith(part) && (part.length !== 2 || part.endsWith('h') || part === syllable),
    )
    return said.some((part) => soundsLike(rest.join(''), typed.slice(part.length)))
  })
}
