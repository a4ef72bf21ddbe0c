#!/usr/bin/env python3
"""pinyin.make > pinyin.tsv: how Chinese characters are read, for sorting and for finding by sound.

One run of uconv (Debian: icu-devtools) over U+4E00-9FFF gives each character its usual reading; it
knows no words and no places, so what stands below corrects it: characters with several readings,
the first being that of names, and words that are read in their own way. Lines are sorted by bytes:
a character or word, a tab, its readings with commas between, syllables of a word with blanks.
ü is v after l and n, as it is typed.
"""
import subprocess
import unicodedata

# The first reading is used for sorting; all are found.
SEVERAL = """
万 wan,mo  乐 le,yue  乜 nie,mie  了 le,liao  亲 qin,qing  什 shen,shi  仇 chou,qiu  仔 zi,zai
会 hui,kuai  传 chuan,zhuan  伯 bo,bai  似 si,shi  佃 dian,tian  佛 fo,fu  便 bian,pian
俩 lia,liang  偻 lou,lv  六 liu,lu  冒 mao,mo  凿 zao,zuo  刨 bao,pao  券 quan,xuan  刹 sha,cha
削 xue,xiao  劲 jin,jing  勒 le,lei  区 qu,ou  卒 zu,cu  单 dan,shan,chan  南 nan,na  卜 bu,bo
卡 ka,qia  厂 chang,an  厦 xia,sha  县 xian,xuan  参 can,shen,cen  句 ju,gou  叨 dao,tao
召 zhao,shao  叶 ye,xie  合 he,ge  吓 xia,he  否 fou,pi  吭 keng,hang  员 yuan,yun  呢 ne,ni
和 he,huo,hu  咖 ka,ga  咱 za,zan  咳 ke,hai  咽 yan,ye  嚼 jiao,jue  囤 tun,dun  圈 quan,juan
地 di,de  垌 dong,tong  埋 mai,man  埔 pu,bu  堡 bao,bu,pu  塞 sai,se  壳 ke,qiao  大 da,dai,tai
夹 jia,ga  奇 qi,ji  契 qi,xie  娜 na,nuo  宓 mi,fu  宿 su,xiu  将 jiang,qiang  尉 wei,yu
尾 wei,yi  尿 niao,sui  属 shu,zhu  峙 zhi,shi  差 cha,chai,ci  巷 xiang,hang  幢 zhuang,chuang
度 du,duo  弄 nong,long  弹 dan,tan  强 qiang,jiang  得 de,dei  忪 song,zhong  恶 e,wu  戏 xi,hu
房 fang,pang  扁 bian,pian  扎 zha,za  折 zhe,she  抹 mo,ma  拓 tuo,ta  择 ze,zhai  括 kuo,gua
拽 zhuai,ye  提 ti,di  攒 zan,cuan  数 shu,shuo  於 yu,wu  无 wu,mo  晟 sheng,cheng  暴 bao,pu
曝 pu,bao  曾 zeng,ceng  朝 chao,zhao  术 shu,zhu  朴 pu,piao,po  杉 shan,sha  柏 bai,bo
柜 gui,ju  查 cha,zha  栅 zha,shan  栖 qi,xi  校 xiao,jiao  核 he,hu  桧 gui,hui  槛 jian,kan
模 mo,mu  殖 zhi,shi  殷 yin,yan  氏 shi,zhi  氓 mang,meng  汤 tang,shang  沈 shen,chen  沓 ta,da
没 mei,mo  泊 bo,po  泌 mi,bi  洗 xi,xian  浅 qian,jian  浚 jun,xun  涡 wo,guo  渑 mian,sheng
溃 kui,hui  溱 qin,zhen  潦 liao,lao  澹 dan,tan  瀑 pu,bao  炮 pao,bao  烙 lao,luo  烟 yan,yin
熨 yun,yu  爪 zhua,zhao  牟 mu,mou  率 lv,shuai  琢 zhuo,zuo  畜 chu,xu  番 fan,pan  疟 nve,yao
的 de,di  盖 gai,ge  盛 sheng,cheng  省 sheng,xing  着 zhe,zhuo,zhao  石 shi,dan  碌 lu,liu
祭 ji,zhai  种 zhong,chong  秘 mi,bi  称 cheng,chen  稽 ji,qi  粘 zhan,nian  系 xi,ji
纤 xian,qian  约 yue,yao  纶 lun,guan  给 gei,ji  综 zong,zeng  绿 lv,lu  缩 suo,su  缪 miao,mou
缴 jiao,zhuo  翟 zhai,di  肋 lei  胖 pang,pan  脉 mai,mo  脯 pu,fu  腊 la,xi  膀 bang,pang
臭 chou,xiu  色 se,shai  艾 ai,yi  茄 qie,jia  荥 xing,ying  莎 sha,suo  莘 shen,xin
落 luo,la,lao  著 zhu,zhe  蔓 man,wan  薄 bo,bao  藏 cang,zang  虹 hong,jiang  血 xue,xie
行 xing,hang,heng  裼 xi,ti  褪 tui,tun  覃 qin,tan  见 jian,xian  觉 jue,jiao  角 jiao,jue
解 jie,xie  许 xu,hu  识 shi,zhi  说 shuo,shui  读 du,dou  谁 shui,shei  调 diao,tiao  谷 gu,yu
费 fei,bi  贾 jia,gu  蹊 qi,xi  车 che,ju  轧 zha,ya,ga  还 huan,hai  这 zhe,zhei  适 shi,kuo
遗 yi,wei  那 na,nuo  邪 xie,ye  郇 xun,huan  郗 xi,chi  都 du,dou  重 zhong,chong  钥 yao,yue
铅 qian,yan  铣 xi,xian  长 chang,zhang  阿 a,e  陆 lu,liu  降 jiang,xiang  陶 tao,yao  隗 wei,kui
雀 que,qiao  露 lu,lou  革 ge,ji  颈 jing,geng  食 shi,si  驮 tuo,duo  黑 hei,he  龟 gui,jun,qiu
"""

# Words read in their own way; a word goes before its characters, the longest first.
WORDS = """
荥阳 xing yang  荥经 ying jing  中牟 zhong mu  登封 deng feng  新密 xin mi  新郑 xin zheng  巩义 gong yi
上街 shang jie  惠济 hui ji  管城 guan cheng  二七 er qi  金水 jin shui  中原 zhong yuan  郑东 zheng dong
郑州 zheng zhou  经开 jing kai  高新 gao xin  航空港 hang kong gang  重庆 chong qing  长春 chang chun
长葛 chang ge  长垣 chang yuan  长沙 chang sha  长安 chang an  长江 chang jiang  长治 chang zhi
番禺 pan yu  六安 lu an  六合 lu he  会稽 kuai ji  浚县 xun xian  渑池 mian chi  涡阳 guo yang  泌阳 bi yang
蚌埠 beng bu  亳州 bo zhou  东阿 dong e  阿房 e pang  大城 dai cheng  单县 shan xian  乐清 yue qing
乐亭 lao ting  乐陵 lao ling  台州 tai zhou  天台 tian tai  丽水 li shui  厦门 xia men  大厦 da sha
洪洞 hong tong  解州 hai zhou  解池 hai chi  尉犁 yu li  尉氏 wei shi  盖州 gai zhou  莘县 shen xian
莘庄 xin zhuang  歙县 she xian  黟县 yi xian  郫都 pi du  郫县 pi xian  繁峙 fan shi  铅山 yan shan
婺源 wu yuan  瑞昌 rui chang  新蔡 xin cai  柘城 zhe cheng  睢县 sui xian  吴堡 wu bu  十里堡 shi li pu
南无 na mo  吐蕃 tu bo  西藏 xi zang  曾都 zeng du  朝阳 chao yang  东莞 dong guan  莞城 guan cheng
宿迁 su qian  宿州 su zhou  华山 hua shan  华县 hua xian  任丘 ren qiu  任县 ren xian  牟平 mu ping
深圳 shen zhen  儋州 dan zhou  漯河 luo he  鄢陵 yan ling  郏县 jia xian  柏林 bo lin  成都 cheng du
首都 shou du  都市 du shi  都江堰 du jiang yan  单于 chan yu  可汗 ke han  龟兹 qiu ci  大夫 dai fu
西华 xi hua  獐子 zhang zi  车站 che zhan  火车 huo che  朝代 chao dai  汤阴 tang yin  鹤壁 he bi
银行 yin hang  行业 hang ye  行情 hang qing  商行 shang hang  分行 fen hang  支行 zhi hang  总行 zong hang
央行 yang hang  农行 nong hang  工行 gong hang  建行 jian hang  行政 xing zheng  行动 xing dong  行长 hang zhang
会计 kuai ji  总会计师 zong kuai ji shi  财会 cai kuai  会议 hui yi  局长 ju zhang  市长 shi zhang
县长 xian zhang  区长 qu zhang  处长 chu zhang  科长 ke zhang  部长 bu zhang  厅长 ting zhang  校长 xiao zhang
院长 yuan zhang  所长 suo zhang  队长 dui zhang  站长 zhan zhang  组长 zu zhang  镇长 zhen zhang
乡长 xiang zhang  村长 cun zhang  会长 hui zhang  董事长 dong shi zhang  秘书长 mi shu zhang
主任 zhu ren  成长 cheng zhang  增长 zeng zhang  家长 jia zhang  首长 shou zhang  重点 zhong dian
重大 zhong da  重要 zhong yao  重新 chong xin  重复 chong fu  重置 chong zhi  重组 chong zu  重建 chong jian
重启 chong qi  重试 chong shi  重构 chong gou  重装 chong zhuang  重阳 chong yang  双重 shuang chong
数据 shu ju  音乐 yin yue  乐团 yue tuan  乐器 yue qi  调度 diao du  调查 diao cha  调研 diao yan
调整 tiao zheng  协调 xie tiao  调解 tiao jie  空调 kong tiao  调试 tiao shi  自传 zi zhuan  传记 zhuan ji
系统 xi tong  还款 huan kuan  归还 gui huan  还有 hai you  统率 tong shuai  效率 xiao lv  概率 gai lv
参差 cen ci  人参 ren shen  校对 jiao dui  校验 jiao yan  校准 jiao zhun  学校 xue xiao  给予 ji yu
供给 gong ji  给水 ji shui  给排水 ji pai shui  强制 qiang zhi  投降 tou xiang  宝藏 bao zang
矿藏 kuang zang  模板 mu ban  模具 mu ju  模型 mo xing  出差 chu chai  差旅 chai lv  角色 jue se
咖啡 ka fei  血站 xue zhan  什么 shen me  绿城 lv cheng  率先 shuai xian  查验 cha yan  畜牧 xu mu
畜产 xu chan  冠军 guan jun  住宿 zhu su  星宿 xing xiu  落实 luo shi  露天 lu tian  标识 biao shi
秘鲁 bi lu  便宜 pian yi  石油 shi you  露面 lou mian  大巷 da xiang  巷道 hang dao  尾矿 wei kuang
"""


def usual():
    """Each character's reading as uconv has it."""
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    done = subprocess.run(["uconv", "-f", "utf-8", "-t", "utf-8", "-x", "Han-Latin"],
                          input="\n".join(characters), capture_output=True, text=True, check=True)
    for character, marked in zip(characters, done.stdout.split("\n")):
        bare = unicodedata.normalize("NFD", marked.strip()).replace("u\u0308", "v")
        reading = "".join(c for c in bare if not unicodedata.combining(c))
        if reading != character and reading.isascii() and reading.isalpha():
            yield character, reading


def pairs(text, syllables):
    """Splits `NAME READING NAME READING`; SYLLABLES: a reading has one for each character."""
    words = text.split()
    while words:
        name = words.pop(0)
        count = len(name) if syllables else 1
        yield name, " ".join(words[:count])
        del words[:count]


def main():
    table = dict(usual())
    for name, reading in pairs(SEVERAL, False):
        known = [*dict.fromkeys(reading.split(","))]
        table[name] = ",".join(known + [table[name]] * (table[name] not in known))
    for name, reading in table.items():
        # who cannot tell lü from lu types lu
        plain = [r.replace("v", "u") for r in reading.split(",") if r in ("lv", "nv", "lve", "nve")]
        table[name] = ",".join(dict.fromkeys(reading.split(",") + plain))
    table.update(pairs(WORDS, True))
    for name in sorted(table, key=lambda name: name.encode()):
        print(f"{name}\t{table[name]}")


main()
