"""Which column of an office's sheet is what: the titles that people give them."""

import re
import unicodedata
from functools import lru_cache

from service.spreadsheets.fields import Field

_ASKED = r"(?:要求|需求|条件|限制)?"
_FIRM = r"(?:用人|招聘|用工|招工|需求)?(?:单位|企业|公司|工厂|厂家|店铺|商户|雇主|机构)"
_JOB = r"(?:岗位|职位|职务|工种|工作岗位|职业|空缺)"
_WAGE = r"(?:薪资|薪酬|工资|薪水|月薪|年薪|日薪|时薪|月工资|日工资|月收入|收入|报酬|劳动报酬|待遇|工价|底薪)"
# The first field with a pattern that fits the whole title counts; brackets, spaces and marks are left out.
_PATTERNS: tuple[tuple[Field, tuple[str, ...]], ...] = (
    (Field.SEX, (rf"性别{_ASKED}(?:/?年龄{_ASKED})?", rf"男女{_ASKED}", r"sex", r"gender")),
    (Field.AGE, (
        rf"年龄{_ASKED}(?:/?性别{_ASKED})?", r"年龄(?:段|范围|区间|上限|下限)", r"岁数", r"age",
    )),
    (Field.FAMILY, (rf"(?:婚姻|婚育|生育|婚否|已婚)(?:状况|情况)?{_ASKED}",)),
    (Field.ORIGIN, (rf"(?:民族|户籍|户口|籍贯|户口性质|户籍地|宗教|信仰){_ASKED}",)),
    (Field.BODY, (rf"(?:身高|体重|视力|相貌|形象|外貌|体貌){_ASKED}",)),
    (Field.REFERENCE, (
        rf"(?:{_JOB}|招聘|信息|需求)(?:编[号码]|id|序列号)", r"外部编号", r"reference",
    )),
    (Field.IGNORED, (
        r"序号", r"编号", r"序", r"no", r"id", r"行号", r"注册资本", r"营业执照(?:照片|图片)?", r"企业相册",
        r"(?:联系|电子|公司)?邮箱", r"e?-?mail", r"微信号?", r"qq", r"图片", r"操作",
    )),
    (Field.TITLE, (
        rf"(?:招聘|需求|用工|急需|急聘|拟招?聘?|空缺|紧缺|提供|招工|缺工)?的?(?:{_JOB}/?)+(?:名称?|工种)?",
        r"招聘职位名称", r"工作名称", r"岗位工种", r"招聘信息标题", r"标题", r"title", r"position", r"job",
    )),
    (Field.EMPLOYER, (
        rf"{_FIRM}(?:名称?|全称|名字)?", rf"{_FIRM}/{_FIRM}", r"厂名", r"公司企业名称", r"company",
        r"employer",
    )),
    (Field.CREDIT_CODE, (
        r"(?:单位|企业|公司)?(?:统一)?社会信用代?码", r"(?:统一)?信用代码", r"统一代码", r"税号",
    )),
    (Field.KIND, (rf"{_FIRM}(?:类型|性质|类别)", r"经济类型", r"所有制")),
    (Field.SIZE, (rf"{_FIRM}(?:规模|人数)", r"规模", r"员工人数", r"在职人数", r"现有人数")),
    (Field.INDUSTRY, (r"(?:所属|所在|企业|公司|单位)?(?:行业|产业)(?:类别|类型|名称|领域)?",)),
    (Field.INTRODUCTION, (rf"{_FIRM}(?:简介|介绍|概况|情况)",)),
    (Field.PLACE, (
        r"(?:具体|详细)?(?:工作|上班|就业|用工|岗位|务工|职位)(?:地[点址区方]|所在地|城市|区域|单位地址|位置|场所)",
        r"地[点址]", r"详细地址", r"具体地址", r"location", r"address",
    )),
    (Field.AREA, (
        r"(?:所属|所在|行政|工作|单位所在|企业所在|公司所在)?(?:区域|乡镇|镇街|街镇|乡镇街道|镇街道|镇|街道|区划|地区|区县|县区|县市区|辖区|属地)",
        r"所在地", r"城市", r"区", r"地域",
    )),
    (Field.EMPLOYER_ADDRESS, (
        rf"(?:{_FIRM}|办公|注册|联系|厂区?|通讯|经营)(?:所在)?(?:地[点址]|住所)", r"厂址",
    )),
    (Field.PAY_UNIT, (rf"{_WAGE}(?:类型|单位|方式|周期)", r"计薪(?:方式|单位|周期)")),
    (Field.PAY_MINIMUM, (
        rf"{_WAGE}(?:范围|区间|标准|水平|待遇)?(?:起|下限|最低|最低值|从|min)", rf"最低{_WAGE}", r"起薪",
    )),
    (Field.PAY_MAXIMUM, (
        rf"{_WAGE}(?:范围|区间|标准|水平|待遇)?(?:至|到|止|上限|最高|最高值|max)", rf"最高{_WAGE}",
    )),
    (Field.PAY, (
        rf"(?:税前|税后|综合|基本|月均|岗位|平均|预计|提供|参考|劳动|实发|到手|月)?{_WAGE}(?:待遇|范围|区间|标准|水平|情况|说明|报酬|要求)?",
        rf"{_WAGE}及{_WAGE}", r"基本劳动报酬", r"月综合收入", r"salary", r"pay", r"wage",
    )),
    (Field.OPENINGS_BY_SEX, (
        r".*(?:人数|名额|数量)[男女](?:性|工)?", r"[男女](?:性|工)?(?:人数|名额)?",
    )),
    (Field.OPENINGS, (
        r"(?:拟|计划)?(?:招聘?|需求?|用工|招工|缺工|缺|岗位|招聘岗位|需招聘?|急需|空岗|职位|需要|用人)?(?:总|需求|招聘)?(?:人数|名额|人员数量?|员数|数量|人次)",
        r"(?:缺|需求)(?:口|员)数?", r"岗位需求数", r"需求数", r"headcount", r"openings",
    )),
    (Field.EDUCATION, (
        rf"(?:最低|学历)?(?:学历|文化程度|教育程度|文化水平|教育背景|文化|学历层次){_ASKED}", r"education",
    )),
    (Field.EXPERIENCE, (
        rf"(?:工作|从业|岗位|相关)?(?:经验|年限|经历|工龄|经验年限){_ASKED}", r"工作年限及经验",
        r"experience",
    )),
    (Field.SKILLS, (rf"(?:专业|职业|岗位|必备|所需|工作)?(?:技能|技术|技能水平){_ASKED}",)),
    (Field.LICENCES, (
        rf"(?:所需|职业|从业|上岗|必备|特种作业)?(?:资格|技能)?(?:证书|证件|证照|证|资格证书?|上岗证|操作证){_ASKED}",
        r"持证(?:情况|要求|上岗)?", r"职业资格(?:等级)?", r"技能等级",
    )),
    (Field.EMPLOYMENT, (
        r"(?:工作|用工|岗位|职位|招聘|就业|合同)(?:性质|形式|方式|类型|种类)", r"全职兼职", r"全职/兼职",
    )),
    (Field.SHIFT, (
        r"(?:工作)?班次", r"班制", r"倒班(?:情况|方式)?", r"轮班", r"上班班次", r"班组制",
    )),
    (Field.BOARD, (r"(?:是否)?(?:提供|包)?(?:食宿|吃住|宿食|食住)(?:情况|条件|安排|待遇)?",)),
    (Field.HOUSING, (r"(?:是否)?(?:有无)?(?:提供|包)?(?:住宿|住房|宿舍|住)(?:情况|条件|安排)?",)),
    (Field.MEALS, (
        r"(?:是否)?(?:有无)?(?:提供|包)?(?:就餐|用餐|伙食|餐饮|工作餐|吃饭|吃|餐|食堂|免费午餐)(?:情况|条件|安排)?",
    )),
    (Field.SHUTTLE, (
        r"(?:是否)?(?:有无)?(?:提供)?(?:班车|通勤车?|厂车|通勤班车|接送|交通)(?:情况|接送|路线)?",
    )),
    (Field.INSURANCE, (
        r"(?:是否)?(?:有无)?(?:缴纳|参加|交|办理)?(?:[五六三四]险|五险一金|社会?保险?|社保|保险|参保|社会保障|保险待遇|社保缴纳)(?:情况|一金)?",
    )),
    (Field.BENEFITS, (
        r"(?:其他|其它|员工|公司|岗位|企业|单位|主要)?(?:福利|待遇福利|福利待遇|其[他它]待遇|福利保障)(?:情况|说明)?",
        r"亮点", r"标签", r"benefits",
    )),
    (Field.STARTS_ON, (r"(?:到岗|上岗|入职|报到|用工|到位)(?:时间|日期|要求|期限)",)),
    (Field.VALID_UNTIL, (
        r"(?:信息|招聘|岗位|职位)?(?:有效期?|有效时间|有效日期)(?:限|至|截止|截至|到)?(?:日期|时间)?",
        r"(?:报名|招聘|信息|发布)?(?:截止|结束|到期|终止|截至|失效)(?:日期?|时间|期限)?", r"招聘期限",
        r"招聘有效期",
    )),
    (Field.PUBLISHED, (
        r"(?:信息|岗位|职位)?(?:发布|更新|登记|刷新|开始|填报|录入|采集|起始)(?:时间|日期|日)", r"日期",
    )),
    (Field.CONTACT_NAME, (
        r"(?:招聘|企业|单位|公司)?(?:联系人|负责人|联络人|经办人|人事|招聘人员|联系人姓名|姓名)",
    )),
    (Field.CONTACT_PHONE, (
        r"(?:招聘|企业|单位|公司|联系人?|咨询|报名|负责人|人事|固定)?(?:电话|手机|手机号码?|联系方式|号码|电话号码|座机)",
        r"联系人[及和/]?(?:联系)?(?:电话|方式|手机)", r"联系(?:电话|方式)?(?:/|或)?(?:手机|电话)", r"phone",
        r"tel",
    )),
    (Field.SOURCE, (r"(?:信息|岗位|职位|数据)?来源(?:单位|渠道|网站)?",)),
    (Field.SOURCE_URL, (r"(?:详情|职位|岗位|来源|信息|原文)?(?:链接|网址|url)",)),
    (Field.DESCRIPTION, (
        r"(?:(?:招聘|应聘|聘用)?(?:岗位|职位|工作|任职|职务|招聘|应聘|录用|基本|报名|其[他它]|具体|主要|专业)?(?:职责|描述|内容|信息|要求|资格|条件|说明|介绍|详情|任务|标准|情况)[与和及、]?)+",
        r"工作时间", r"上班时间", r"作息时间?", r"工作环境", r"工时(?:制度)?", r"专业", r"备注", r"附注",
        r"其[他它]", r"描述", r"description", r"requirements",
    )),
)  # fmt: skip
_KNOWN = tuple((field, re.compile("|".join(patterns))) for field, patterns in _PATTERNS)
_BRACKETS = re.compile(r"[(\[【〔<《{][^)\]】〕>》}]*[)\]】〕>》}]")
# Longer is no title, with all its notes in brackets.
_LONGEST = 60
_MARKS = re.compile(r"[\s*＊:：、,.。·_\-—“”\"'#★●○]+")


# Every row is looked at for a second header, and most of its cells were seen before.
@lru_cache(maxsize=4096)
def field_of(title: str) -> Field | None:
    """What a column under this title holds; None for a title that nobody taught us.

    What stands in brackets is a note: "薪资（元/月）", "*岗位名称（必填）".
    """
    if len(title) > _LONGEST:
        return None
    folded = unicodedata.normalize("NFKC", title).lower()
    for words in (_BRACKETS.sub("", folded), re.sub(r"[()\[\]【】]", "/", folded).rstrip("/ \n")):
        plain = _MARKS.sub("", words)
        if not 0 < len(plain) <= 24:
            continue
        for field, pattern in _KNOWN:
            if pattern.fullmatch(plain):
                return field
    return None
