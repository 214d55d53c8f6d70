"""All rules of the wording check, in the order of the law they come from."""

from service.rules.wording_body import BODY_RULES
from service.rules.wording_people import PEOPLE_RULES
from service.rules.wording_rule import Rule
from service.rules.wording_terms import CONTACT_RULE, TERM_RULES

__all__ = ["CONTACT_RULE", "RULES"]

RULES: tuple[Rule, ...] = (*PEOPLE_RULES, *BODY_RULES, *TERM_RULES)
