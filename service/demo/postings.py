"""Invented postings of an employer, and what becomes of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from matching import EmploymentType, PayUnit, Shift
from service.demo.employers import Workplace
from service.demo.jobs import ANY_TRADE, Job, jobs_of
from service.demo.persons import full_name
from service.demo.places import COUNTY, near
from service.models import PayStated
from service.operations.posting_content import PostingContent
from service.rules.calendar import local_day, start_of_day
from service.rules.lifecycle import PostingState

SOURCE = "演示数据"
_SAID_OF_SHIFT = {
    Shift.LONG_DAY: "长白班，早八点到晚五点。",
    Shift.TWO_SHIFT: "两班倒，每班八小时，按月轮换。",
    Shift.THREE_SHIFT: "三班倒，有夜班津贴。",
    Shift.NIGHT: "固定夜班，有夜班津贴。",
    Shift.FLEXIBLE: "上班时间随生产任务安排，提前一天通知。",
}
_PIECE = "计件工资，多劳多得，新手有保底。"
_NOVICE = "无经验可学，老师傅带。"
_BENEFITS = ("月休四天", "节日福利", "高温补贴", "工龄工资", "生日慰问", "年终奖金", "带薪年假", "免费工作服")
# Of every hundred postings, so many are held to this kind of pay.
_NEGOTIABLE_SHARE = 0.04
_SEASONAL = (EmploymentType.TEMPORARY, EmploymentType.PART_TIME)


@dataclass(frozen=True, slots=True)
class Offer:
    """A posting to be handed in at `at`, and the state it shall be in at the end."""

    content: PostingContent
    fate: PostingState
    at: datetime
    hired: int = 0


def offers(
    workplaces: Sequence[Workplace], fates: Sequence[PostingState], now: datetime, chance: Random
) -> Iterator[tuple[int, Offer]]:
    """One offer for each of `fates`, dealt out in turn, each with its workplace's place in the list."""
    wanted: dict[int, list[Job]] = {}
    for number, fate in enumerate(fates):
        place = number % len(workplaces)
        if not wanted.get(place):
            wanted[place] = _mixture(workplaces[place].trade, chance)
        yield place, _offer(workplaces[place], wanted[place].pop(), fate, now, chance)


def _mixture(trade: str, chance: Random) -> list[Job]:
    """Work to be offered, last first: mostly of the trade, some that every trade has."""
    own, shared = list(jobs_of(trade)), list(jobs_of(ANY_TRADE))
    chance.shuffle(own)
    chance.shuffle(shared)
    return [*shared[:1], *own[3:], *shared[1:2], *own[:3]]


def _offer(workplace: Workplace, job: Job, fate: PostingState, now: datetime, chance: Random) -> Offer:
    # What is over needs a past that is long enough; the rest came in over the last five weeks.
    days = chance.randint(38, 44) if fate is PostingState.EXPIRED else chance.randint(1, 35)
    at = now - timedelta(days=days, minutes=chance.randint(0, 600))
    openings = chance.randint(*job.openings)
    content = _content(workplace, job, openings, chance, _validity(fate, now, chance))
    hired = chance.randint(1, openings - 1) if openings > 2 and chance.random() < 0.2 else 0
    return Offer(content, fate, at, hired)


def _validity(fate: PostingState, now: datetime, chance: Random) -> tuple[datetime | None, datetime]:
    """From when and until when the posting holds; whole days in China."""
    today = local_day(now)
    if fate is PostingState.EXPIRED:
        return None, start_of_day(today - timedelta(days=chance.randint(1, 5)))
    starts = start_of_day(today + timedelta(days=chance.randint(3, 10)))
    until = start_of_day(today + timedelta(days=chance.randint(20, 85)))
    return (starts if fate is PostingState.SCHEDULED else None), until


def _content(
    workplace: Workplace,
    job: Job,
    openings: int,
    chance: Random,
    validity: tuple[datetime | None, datetime],
) -> PostingContent:
    shift = chance.choice(job.shifts)
    boards = chance.random() < 0.45
    rides = chance.random() < 0.3
    negotiable = job.education is not None and chance.random() < _NEGOTIABLE_SHARE * 4
    low, high = _pay(job, chance)
    return PostingContent(
        title=_title(job, chance),
        description=_description(job, shift),
        skills_required=job.required,
        skills_preferred=job.preferred,
        licences=job.licences,
        minimum_age=18 if shift is Shift.NIGHT else job.minimum_age,
        experience_years=job.experience,
        education=job.education,
        region=workplace.town.code,
        address=workplace.content.address or "",
        employment_type=job.employment_type,
        shift=shift,
        pay_stated=PayStated.NEGOTIABLE if negotiable else PayStated.STATED,
        pay_minimum=None if negotiable else low,
        pay_maximum=None if negotiable else high,
        pay_unit=None if negotiable else job.unit,
        housing=boards,
        meals=boards or chance.random() < 0.5,
        shuttle=rides,
        shuttle_regions=near(workplace.town, chance, chance.randint(2, 4)) if rides else (),
        insurance=None if job.employment_type in _SEASONAL else True,
        benefits=sorted(chance.sample(_BENEFITS, chance.randint(0, 3))),
        openings=openings,
        valid_from=validity[0],
        valid_until=validity[1],
        source=SOURCE,
        contact_name=full_name(chance),
        contact_phone=workplace.content.contact_phone,
        region_hint=COUNTY,
    )


def _title(job: Job, chance: Random) -> str:
    # The first is how it is mostly said; the others keep the words from being all alike.
    return chance.choice((job.titles[0], *job.titles))


def _description(job: Job, shift: Shift) -> str:
    parts = [f"工作内容：{job.tasks}", _SAID_OF_SHIFT[shift]]
    if job.unit is PayUnit.PIECE:
        parts.append(_PIECE)
    if job.experience:
        parts.append(f"招聘条件：同岗位经验{job.experience:g}年以上。")
    else:
        parts.append(f"招聘条件：{_NOVICE}")
    return "".join(parts)


def _pay(job: Job, chance: Random) -> tuple[int, int]:
    """A range within the usual one, at steps that people write."""
    low, high = job.pay
    step = 1 if high < 100 else 10 if high < 1000 else 100
    middle = (low + high) // 2
    lower = chance.randrange(low, middle + 1, step)
    return lower, max(chance.randrange(middle, high + 1, step), lower)
