"""Rules on sex, marriage and children."""

import re
from datetime import date

from service.rules.wording_rule import (
    DENIED,
    FIRST,
    ITEM_END,
    ITEM_START,
    NOT,
    OFF,
    ONLY,
    OPEN,
    Ground,
    Level,
    Phrase,
    Rule,
    phrase,
    phrases,
)

_HIRE = r"(?:诚聘|招聘|急招|急聘|诚招|招收|招募|长招|招|聘|急需|需要|欢迎|找|需)"
_ASK = r"(?:(?:性别要求|要求性别|性别为|性别)\s*[::]?|要求|须为|必须是?|须是)"
# What follows 男 or 女 where goods, rooms, customers or rights are meant and not who may apply.
_GOODS = (
    "装|鞋|款|裤|袜|裙|表|包|科|式|厕|浴|澡|宾|更衣|宿舍|寝|洗手间|卫生间|休息|用品|服饰|服装|护肤|护理|健康|专科"
    "|医院|内衣|内裤|客户|顾客|客人|消费者|用户|市场|特殊|权益|劳动保护|保护|委员|养生|比例|婴|友|朋友|会所|美容"
    "|产品|系列|节|子医院|子会所|童|声|团|篮|排球|足球|职工(?:特殊|权益|劳动|洗手间|委员|休息|享)"
)
_SEX_GROUNDS = (
    Ground(
        date(2008, 1, 1),
        date(2018, 9, 30),
        Level.BLOCK,
        "《就业促进法》第三条、第二十六条；《劳动法》第十二条",
    ),
    Ground(
        date(2018, 10, 1),
        None,
        Level.BLOCK,
        "《就业促进法》第三条、第二十六条；《劳动法》第十二条；《人力资源市场暂行条例》第二十四条",
    ),
)
_WOMEN_GROUNDS = (
    Ground(date(2008, 1, 1), date(2018, 9, 30), Level.BLOCK, "《就业促进法》第二十七条"),
    Ground(
        date(2018, 10, 1),
        date(2022, 12, 31),
        Level.BLOCK,
        "《就业促进法》第二十七条；《人力资源市场暂行条例》第二十四条",
    ),
    Ground(
        date(2023, 1, 1),
        None,
        Level.BLOCK,
        "《妇女权益保障法》第四十三条第一项；《就业促进法》第二十七条；《人力资源市场暂行条例》第二十四条",
    ),
)
_ANNEX = (
    "《女职工劳动保护特别规定》附录一：矿山井下作业；第四级体力劳动强度的作业；"
    "每小时负重6次以上且每次超过20公斤，或者间断负重每次超过25公斤的作业"
)
_ANNEX_WORK = re.compile(
    r"井下|下井|矿井|第?[四4ⅳ]级体力|(?:负重|搬运?|扛|装卸|抬)[^,;。\n]{0,8}?(?:2[1-9]|[3-9]\d|1\d\d)\s*(?:公斤|kg|千克)"
    r"|(?:[5-9]\d|1\d\d)斤(?:以上)?(?:的)?(?:货|料|包|袋)"
)


def _sex_phrases(me: str, other: str, more: str) -> tuple[Phrase, ...]:
    """The ways to ask for one sex: `me` (男 or 女), `other`, and further words for such a person."""
    word = rf"(?:{me}(?:性|士|生|工|员工|职工|同志|孩子?|青年|同学|的)?+{more})"
    refused = rf"{other}(?:性|士|生|工|员工|职工|同志|孩子?|的|人)?+"
    after = rf"\s*[、,/或和与及]?\s*{other}|[^\s,;。]{{0,2}}(?:均可|都可|不限|都要|皆可|都行)|{_GOODS}"
    before = (
        rf"[子妇少儿孙侄]|帅哥|{other}(?:性|士|生|工)?[、,/或和与及\s]*|不限?|无论|不论|禁止|严禁|不得|不能"
    )
    verb = rf"{_HIRE}[::]?\s*(?:若干|多名|数名|一名|两名|熟练|优秀|长期|固定|年轻)?"
    guards = {"before": before, "after": after}
    return (
        *phrases((rf"{ONLY}[::]?\s*{word}", rf"{_ASK}\s*限?{word}"), **guards),
        phrase(
            rf"(?<![主重])(?:{verb})(?P<cut>{word})(?=$|[\s,;。!、)]|若干|数名|\d|[一两二三四五六七八九十]+[名人位])",
            "员工",
            before=before,
            after=after,
        ),
        phrase(rf"(?<![主重])(?:{verb})(?P<cut>{word})", **guards),
        phrase(rf"优先(?:考虑|录用|招收?|录取)?{word}", **guards),
        phrase(rf"{word}{FIRST}", before=before),
        phrase(rf"(?:更?适合|适宜){word}", before=before, after=after + "|的|穿|使用|群体|化妆"),
        phrase(rf"{NOT}{refused}", after=_GOODS + f"|[、,/或和与及]?{me}"),
        phrase(rf"{refused}{OFF}", before=rf"[子妇少儿孙侄]|{me}[、,/或和与及\s]*"),
        phrase(rf"(?:不|非)适合{refused}", after="的|穿|使用"),
        phrase(
            rf"{ITEM_START}{me}(?:性|生|工|的)?+{ITEM_END}",
            before=before + "|[^岁]客户[::]",
            after=rf"[\s,、/]*{other}",
        ),
        phrase(
            rf"{ITEM_START}{me}(?:性|士|生|工)?+(?=[1-6]\d(?:周?岁|\s*[-~至到]))", before=before + "|退休"
        ),
    )


_MALE = _sex_phrases("男", "女", "|小伙子?(?!伴)|壮汉")
_COUNT = r"\s*(?:\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:名|人|个|位)"
_PERSON = r"(?:性|工|士|生|员工)?"
_HUSBANDRY = r"已婚|未婚"

SEX_RULES: tuple[Rule, ...] = (
    Rule(
        id="sex_male",
        why="招聘信息不能限定男性或男性优先。请写清工作任务，如“需搬运25公斤货物”。",
        grounds=_WOMEN_GROUNDS,
        keys=("男", "女", "小伙", "壮汉"),
        phrases=_MALE,
        unless=_ANNEX_WORK,
        exception=_ANNEX,
    ),
    Rule(
        id="sex_hazard",
        why="只有女职工禁忌劳动范围内的作业可以不招女性，须注明附录条目并由另一人复核；经期、孕期、哺乳期的禁忌不能用来排除所有女性。",
        grounds=tuple(Ground(each.since, each.until, Level.REVIEW, each.article) for each in _WOMEN_GROUNDS),
        keys=("男", "女", "小伙", "壮汉"),
        phrases=_MALE,
        needs=_ANNEX_WORK,
        exception=_ANNEX,
    ),
    Rule(
        id="sex_female",
        why="招聘信息不能限定女性或女性优先，请写清所需的技能。",
        grounds=_SEX_GROUNDS,
        keys=("女", "男", "妈", "阿姨", "大姐", "妇", "小姐姐"),
        phrases=(
            *_sex_phrases("女", "男", "|美女|小姐姐"),
            *phrases(
                (
                    r"(?:只|仅|专)?(?:限|招|招聘|招募|适合|欢迎|急招|诚聘|急聘)(?:全职|在家|在职)?(?:宝妈|妈妈)(?!、?宝爸|.{0,2}社群|群|用品)",
                    r"宝妈\s*(?:优先|也?可以?|亦可|兼职|也行|首选|专场|专岗|岗|最佳)",
                    rf"(?:阿姨|大姐|妇女|家庭主妇|(?<!帅哥)美女){FIRST}",
                )
            ),
        ),
    ),
    Rule(
        id="sex_quota",
        why="不能按男女分别定人数或定条件，请只写总人数和同一条件。",
        grounds=_SEX_GROUNDS,
        keys=("男", "女"),
        phrases=(
            *phrases(
                (
                    rf"男{_PERSON}各?{_COUNT}(?:[、,;/和\s]*女{_PERSON}{_COUNT})?",
                    rf"女{_PERSON}各?{_COUNT}(?:[、,;/和\s]*男{_PERSON}{_COUNT})?",
                    r"\d{1,2}\s*男\s*[、,和]?\s*\d{1,2}\s*女|\d{1,2}\s*女\s*[、,和]?\s*\d{1,2}\s*男",
                    r"[一二两三四五六七八九]男[一二两三四五六七八九]女",
                    rf"(?:男女|女男)(?:性|生)?各(?:招)?(?:{_COUNT}|半|一半|一)",
                    rf"(?:需要?|招聘?|要)?{_COUNT}男(?:性|工|士|生|员工)?+(?![装鞋])",
                    rf"(?:需要?|招聘?|要)?{_COUNT}女(?:性|工|士|生|员工)?+(?![装鞋])",
                ),
                before="(?:现有|拥有|共有|有|负责|其中(?:退休)?)[^,;。]{0,4}|客房|宿舍",
                after="间|套|员工宿舍|宿舍|女|款|装",
            ),
            phrase(
                r"男(?:性|工)?\D{0,3}\d{2}(?:周?岁)?\D{0,6}[,、;/\s]*女(?:性|工)?\D{0,3}\d{2}(?:周?岁)(?:以下|以内)?",
                "年满16周岁",
                before="退休[^,;。]{0,8}",
            ),
        ),
    ),
    Rule(
        id="marriage",
        why="不能把婚姻、生育状况当作录用条件，也不能要求孕检。",
        grounds=(
            Ground(date(2008, 1, 1), date(2022, 12, 31), Level.BLOCK, "《就业促进法》第二十七条"),
            Ground(
                date(2023, 1, 1),
                None,
                Level.BLOCK,
                "《妇女权益保障法》第四十三条第二项至第四项；《就业促进法》第二十七条；人社部发〔2019〕17号",
            ),
        ),
        keys=("婚", "育", "孕", "孩", "单身", "夫妻", "哺乳", "二胎", "恋爱"),
        phrases=(
            phrase(
                rf"(?:要求|须|需|限|限招|只招|招|必须)?(?:{_HUSBANDRY})(?:已育|未育|有子女|有小孩|有孩子)?(?:者|人士|女性|女士|妇女|男性)?"
                rf"(?:{FIRST}|{OFF})?",
                before=rf"{_HUSBANDRY}[、,/和或与及]?|不限|不论|无论|不分|不问",
                after=rf"[、,/和或与及]?(?:{_HUSBANDRY})|员工|职工|{OPEN}|[^,;。]{{0,4}}(?:享|探亲|福利)",
            ),
            *phrases(
                (
                    r"(?:近?[一二两三四五12345]\s*年(?:之?内)?)?(?:没有|无|暂无|不|暂不)(?:要|打算|准备|考虑)?(?:再)?(?:生育|生孩子|要孩子|怀孕|生小孩|生二胎|结婚)(?:的?(?:计划|打算|需求|准备))?(?:优先)?(?:录用|者)?",
                    r"(?:[一二两三四五12345]\s*年(?:之?内)|合同期内?|在职期间|试用期内?|入职后)[^,;。]{0,6}不(?:得|准|能|可以?|许|允许)(?:怀孕|生育|结婚|恋爱|生孩子)",
                    r"不(?:得|准|能|可以?|许)(?:怀孕|生育|结婚|生孩子)",
                    r"(?:孕妇|孕期|怀孕|哺乳期)(?:者|女性|妇女|员工)?(?:请?勿|免|谢绝|不要|不招|除外|慎|请?绕)(?:扰|投|入|来应聘|来|谈)?",
                    r"(?:不要|不招|不收|谢绝|拒绝|非)(?:孕妇|孕期|怀孕|哺乳期)(?:的|者)?",
                    r"单身(?:者|人士|男士?|女士?|男性|女性)?(?:优先|为佳|最好)",
                    rf"夫妻(?:档|工|双方|两人|同来)?{FIRST}",
                    r"(?:已|未)育(?:者)?(?:优先)?(?![,、/]?[已未]育)",
                ),
                before="不限|不得以|禁止以|严禁以|不会因",
                after="为由|而|" + OPEN,
            ),
            *phrases(
                (
                    r"(?:入职|须|需|要|应|进行|做|提供|查)?(?:前)?(?:须|需|要)?(?:做|进行|提供|查)?(?:孕检|验孕|怀孕(?:测试|检测|检查)|妊娠(?:测试|检测|检查|试验))(?:报告|证明)?",
                ),
                before=DENIED + "|带薪|产检|享|假|棒",
                after="假|棒|试纸|室|中心|产品|试剂|B超|仪",
            ),
        ),
    ),
)
