"""Titles as employers write them, reduced to the words that name the job."""

import re

from matching.spelling import HAN, normalise, tidy, unify

_ORGANISATION = (
    r"(?:有限责任公司|股份有限公司|有限公司|分公司|公司|集团|工厂|[一二三四]厂|厂|酒店|宾馆|饭店"
    r"|饭馆|餐厅|超市|商场|商行|医院|诊所|学校|幼儿园|合作社|工作室|经营部|门市部?|店|中心|公寓"
    r"|农场|养殖场|基地|工地|企业|单位)"
)
_KEEN = (
    r"(?:急急急|急急|急|诚意?|高薪|现|直|热|大量|长期|常年|紧急|公开|面向社会|全城|厂家|本厂"
    r"|本店|本公司|我司|因业务发展需要|现因业务发展需要|春季|全国)"
)
# 招 or 聘 as the verb. 招聘专员 recruits for a living, 招商, 招生 and 招投标 are other trades.
_RECRUIT = (
    rf"(?:{_KEEN}*(?:招聘|招募|招收|招工|聘请|聘用|寻找|招(?!商|生|投?标|待|牌|募|聘|调|财|采)"
    r"|(?<!招)聘)(?!专员|专干|经理|主管|助理|顾问|负责人|总监|组织|培训|网(?!络)|会|实习|岗|/"
    r"|hr)(?:启事|启示|信息|公告|人员|岗位|职位|中)?[:!]*)"
)

_BY_EMPLOYER = re.compile(rf"^[^,、;/|]{{0,30}}?{_ORGANISATION}{_RECRUIT}")
_COMPANY = re.compile(
    r"^[^,、;/|()]{0,30}(?:有限责任公司|股份有限公司|有限公司|分公司|公司|集团)(?:[:\- ]|旗下)*"
)
_SOME_SHOP = re.compile(r"^(?:某|本|我)(?:知名|大型)?(?:公司|厂|店|企业|单位|酒店|饭店|超市|工厂)[:\-]?")

_COUNT = r"(?:\d+(?:-\d+)?|[一二两三四五六七八九十百]+|若干|数|多|几)"
_MONEY = r"\d+(?:[.,]\d+)?(?:k|千|万|w|元|块)?"
_RANGE = rf"{_MONEY}(?:\s*[-~到至]\s*{_MONEY})?"
_PER = r"(?:(?:元|块)?(?:/|每|一)(?:个)?(?:小?时|天|日|月|年|件|h))"
_PAY_WORD = (
    r"(?:税[前后])?(?:综合|固定|保底|平均|实发|无责|高额|最低|起步)?(?:工资|薪资|薪酬|月薪|年薪"
    r"|日薪|时薪|底薪|月入|年入|收入|待遇|到手|保底|授薪|日结|月结|工价|税[前后]|日收|日赚)"
)
# What is a benefit on its own is a trade with these behind it: 社保专员, 班车司机, 宿舍管理员, 福利院护工.
_ALONE = (
    r"(?!专员|专干|管理|核算|结算|会计|员|司机|院|经理|主管|助理|顾问|师|工(?!作|资)|岗|部|驾驶|维修|设计)"
)
_BENEFIT = (
    rf"(?:[五六七]险[一二两]金){_ALONE}",
    rf"(?:5险1金|[五六七]险|社保|公积金|商业?保险|意外险|补充公积金|补充医疗保险|缴纳?保险|有保险){_ALONE}",
    (
        r"(?:(?:免费|提供|包|管|含|有|供|可)*(?:吃住|食宿|住宿|三餐|[一两二三]餐|工作餐|午餐"
        rf"|中餐|晚餐|宿舍|吃|住)(?:免费|补贴|全包)?(?=$|[^\w]|包|管|免|提|五|[0-9])){_ALONE}"
    ),
    rf"(?:(?:包|管)(?:吃包住|吃管住|吃住|食宿|住宿|三餐|[一两二]餐|午餐|中餐|工作餐|吃|住)){_ALONE}",
    rf"(?:(?:免费)?(?:班车|通勤车|厂车)(?:接送)?){_ALONE}",
    (
        r"(?:(?:周末|每周)?(?:双休|单休|大小周|月休[一二三四五六七八\d]+天?|轮休|调休)"
        rf"|做[五六]休[一二]){_ALONE}"
    ),
    rf"(?:朝[八九十\d]晚[四五六七\d]|[八九十\d]+小时(?:工作)?制?(?:双休)?|24小时){_ALONE}",
    rf"(?:长白班|常白班|白班|夜班|两班倒|二班倒|三班倒|倒班|上[一二\d]休[一二\d]){_ALONE}",
    (
        r"(?:(?:带薪)?年假|带薪(?:培训|休假|病假)|年终奖?金?|年底(?:双薪|分红|十三薪|1[34]薪"
        r"|奖金?)|年终1?\d薪|1[3-6]薪|十[三四五]薪|双薪|节日福利|生日福利|福利(?:好|多|补贴"
        rf"|待遇)*|待遇(?:优厚|好|优|面议|从优)){_ALONE}"
    ),
    (
        r"(?:(?:高额|绩效|全勤|季度|月度|年度|项目)*(?:奖金|奖(?!金))|(?:高额?|高|有|无责|采购"
        r"|住房|餐饮?|房|车|交通|通讯|话|高温|夜班|工龄|加班)*(?:提成|补贴|津贴|补助|餐补|房补"
        rf"|车补|话补|分红|股票期权)|绩效){_ALONE}"
    ),
    (
        r"(?:(?:可)?(?:留用|转正|实习转正)|可?(?:入职|到岗)即(?:买|缴)(?:社保|五险)?|包(?:培训"
        rf"|教会?|分配)|免费培训|提供培训|专业培训|带薪培训|有师傅带){_ALONE}"
    ),
    (
        r"(?:(?:工作)?(?:轻松|稳定)|无压力|不加班|无加班|加班少|无(?:责任?|经验)底薪|环境(?:好"
        r"|优美|舒适)|空调车间|恒温车间|坐着上班|离家近|就近安排|发展空间大|晋升空间大|上市公司"
        rf"|世界500强|国企|央企|外企|弹性工作|美女如云){_ALONE}"
    ),
    (
        r"(?:(?:男女|性别|年龄|学历|经验|专业|户籍|地区)(?:均可|不限|都可|皆可|不拘)|(?:应届生?"
        rf"|应届毕业生|无经验|小白|新手|学徒)(?:亦可|也可|均可|可|优先)+){_ALONE}"
    ),
    (
        r"(?:优先(?:考虑|录取)?|长期有效|长期(?=$|[^\w])|短期(?=$|[^\w])|(?:可|能)?(?:立即|马上"
        r"|随时|尽快|速)(?:上岗|到岗|入职|来)|名额有限|欢迎(?:咨询|加入|来电)?|电话联系"
        rf"|有意者?(?:联系|请电)?|非中介|非诚勿扰|中介勿扰|直签|签合同|正式工|合同工){_ALONE}"
    ),
    (
        r"(?:免费(?:下午茶|早餐|体检|水果|零食)|下午茶|(?:员工|公费|带薪)旅游|接受(?:应届(?:毕业)?生|实习生)"
        rf"|(?:优秀)?应届(?:毕业)?生|交金|月均|无经验){_ALONE}"
    ),
    rf"(?:职位编号:?[^)]*){_ALONE}",
)
_CHATTER = tuple(
    re.compile(pattern)
    for pattern in (
        (
            rf"(?:{_RECRUIT}|共|各|约)?{_COUNT}(?:余)?(?:名|位|人)(?![工力]|事|资|员|体|像|物|防"
            r"|寿)(?:以上|左右)?|若干(?!\w)|若干$"
        ),
        rf"{_PAY_WORD}:?(?:{_RANGE}{_PER}?(?:以上|起|左右|\+)*|面议)",
        rf"{_PAY_WORD}(?=$|[\W_])",
        rf"(?<![a-z\d]){_RANGE}(?:元|块)?(?:/|每|一)(?:个)?(?:小?时|天|日|月|年|件|h)(?:以上|起|\+)*",
        (
            r"(?<![a-z\d])\d+(?:[.,]\d+)?(?:-\d+(?:[.,]\d+)?)?(?:元|块|k(?![a-z])|千|万"
            r"|w(?![a-z]))(?:以上|起|左右|\+)*"
        ),
        r"(?<![a-z\d])\d{4,6}(?:-\d{4,6})?(?:元|以上|起|左右|\+)*(?![a-z\d型号])",
        r"^\d{3,8}-(?=\D)",
        r"面议|薪资可谈|日结|月结|周结|现结|高薪(?!专)",
        *_BENEFIT,
        _RECRUIT,
        (
            r"急急急|急急|加急|(?:^|(?<=[\W_]))急(?=$|[\W_])|(?:^|(?<=[\W_]))(?:诚|聘|招)(?=$"
            r"|[\W_])|推荐|热门|置顶|[!★☆◆●■▲※]+"
        ),
    )
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
# A space between Chinese words parts them as a mark does; tidy() would join them.
_GAP = re.compile(rf"(?<=[{HAN})]) +(?=[{HAN}(])")


def strip_chatter(title: str) -> str:
    """The job words of a title, normalised: employer, 招聘, headcount, pay and benefits are off.

    东港市某海鲜厂急招扒虾工5名(包吃住) gives 扒虾工. Several jobs stay parted by marks, so that
    `split_words` can take them one by one. Where nothing would be left, the normalised title is
    given back. Conditions such as 无证 stay; 经验不限 goes, so ask `find_facts` with the title itself.
    """
    text = _BRACKETS.sub(_bracket, unify(title).strip())
    text = _SOME_SHOP.sub("", _without_employer(text))
    return _without_words(text) or normalise(title)


def _bracket(match: re.Match[str]) -> str:
    """Brackets with what they hold beside chatter, or a gap where they hold nothing else."""
    inside = _without_words(match[1])
    return f"({inside})" if inside else " "


def _without_employer(text: str) -> str:
    for pattern in (_BY_EMPLOYER, _COMPANY):
        rest = pattern.sub("", text, count=1)
        if _without_words(rest):
            text = rest
    return text


def _without_words(text: str) -> str:
    for pattern in _CHATTER:
        text = pattern.sub(" ", text)
    return tidy(_GAP.sub("、", re.sub(r" +", " ", text).strip()))
