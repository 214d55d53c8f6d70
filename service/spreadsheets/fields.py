"""What the columns of a sheet can hold."""

from enum import StrEnum


class Field(StrEnum):
    """What a column holds. Values are the fields of `NewPostingIn` where there is one."""

    TITLE = "title"
    REFERENCE = "reference"
    EMPLOYER = "employer"
    CREDIT_CODE = "credit_code"
    KIND = "kind"
    SIZE = "size"
    INDUSTRY = "industry"
    INTRODUCTION = "introduction"
    EMPLOYER_ADDRESS = "employer_address"
    PLACE = "address"
    AREA = "region"
    PAY = "pay"
    PAY_MINIMUM = "pay_minimum"
    PAY_MAXIMUM = "pay_maximum"
    PAY_UNIT = "pay_unit"
    OPENINGS = "openings"
    OPENINGS_BY_SEX = "openings_by_sex"
    EDUCATION = "education"
    EXPERIENCE = "experience_years"
    SKILLS = "skills_required"
    LICENCES = "licences"
    EMPLOYMENT = "employment_type"
    SHIFT = "shift"
    BOARD = "board"
    HOUSING = "housing"
    MEALS = "meals"
    SHUTTLE = "shuttle"
    INSURANCE = "insurance"
    BENEFITS = "benefits"
    DESCRIPTION = "description"
    STARTS_ON = "starts_on"
    PUBLISHED = "valid_from"
    VALID_UNTIL = "valid_until"
    CONTACT_NAME = "contact_name"
    CONTACT_PHONE = "contact_phone"
    SOURCE = "source"
    SOURCE_URL = "source_url"
    SEX = "sex"
    AGE = "age"
    FAMILY = "family"
    ORIGIN = "origin"
    BODY = "body"
    IGNORED = "ignored"


# Merged over several rows of one employer's postings.
EMPLOYER_FIELDS = frozenset(
    {
        Field.EMPLOYER, Field.CREDIT_CODE, Field.KIND, Field.SIZE, Field.INDUSTRY, Field.INTRODUCTION,
        Field.EMPLOYER_ADDRESS,
    }
)  # fmt: skip
# Several columns of one kind are joined; of any other the first counts.
JOINED = frozenset({Field.DESCRIPTION, Field.BENEFITS, Field.OPENINGS_BY_SEX, Field.LICENCES, Field.SKILLS})
# What no posting may ask for, with the articles (docs: the table of wording rules).
UNLAWFUL: dict[Field, tuple[str, str]] = {
    Field.SEX: ("性别", "《就业促进法》第二十七条、《妇女权益保障法》第四十三条"),
    Field.AGE: ("年龄", "《就业促进法》第三条、《人力资源市场暂行条例》第二十四条"),
    Field.FAMILY: ("婚育状况", "《妇女权益保障法》第四十三条"),
    Field.ORIGIN: ("民族、户籍", "《就业促进法》第二十八条、第三十一条"),
    Field.BODY: ("身高、体重、相貌", "《人力资源市场暂行条例》第二十四条"),
}
