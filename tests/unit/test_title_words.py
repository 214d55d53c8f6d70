"""What titles and pay cells say by the way."""

import pytest

from matching.types import EmploymentType
from service.rules.benefits import Benefits
from service.rules.title_words import read_employment, read_offers


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("财务实习生（可留用+班车+住宿）", Benefits(housing=True, shuttle=True)),
        ("前台(提供住宿/餐补/双休/节日福利)", Benefits(housing=True)),
        ("客服（五险一金+工作轻松）", Benefits(insurance=True)),
        ("后勤（精装公寓住宿）", Benefits(housing=True)),
        ("文员/客服（4.5k+）有住宿", Benefits(housing=True)),
        ("普工包吃不包住", Benefits(housing=False, meals=True)),
        ("电工+住宿", Benefits(housing=True)),
        ("4500元/月，包吃住", Benefits(housing=True, meals=True)),
        ("普工（包住）不包住", Benefits()),
        ("厨师（食堂）", Benefits()),
        ("班车司机", Benefits()),
        ("宿舍管理员", Benefits()),
        ("住院医师（住房补贴1000）", Benefits()),
    ],
)
def test_offers_in_a_title_are_read_and_trades_are_not_taken_for_offers(text, offers):
    assert read_offers(text) == offers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("财务实习生", EmploymentType.INTERN),
        ("兼职收银", EmploymentType.PART_TIME),
        ("寒假工", EmploymentType.TEMPORARY),
        ("全职", EmploymentType.FULL_TIME),
        ("全职/兼职", None),
        ("会计（接受实习生）", None),
        ("电焊工", None),
    ],
)
def test_employment_is_read_where_one_kind_is_named(text, kind):
    assert read_employment(text) is kind
