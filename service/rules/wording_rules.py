"""All rules of the wording check."""

from service.rules.wording_age import AGE_RULES
from service.rules.wording_body import BODY_RULES
from service.rules.wording_health import HEALTH_RULES
from service.rules.wording_people import PEOPLE_RULES
from service.rules.wording_rule import Rule
from service.rules.wording_sex import SEX_RULES
from service.rules.wording_terms import CONTACT_RULE, TERM_RULES

__all__ = ["CONTACT_RULE", "RULES"]

RULES: tuple[Rule, ...] = (
    *SEX_RULES,
    *PEOPLE_RULES,
    *HEALTH_RULES,
    *AGE_RULES,
    *BODY_RULES,
    *TERM_RULES,
)
