"""Contacts in free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rules.contacts import ContactKind, find_contacts, lift_contacts
from service.rules.credit_code import make_credit_code
from service.rules.folding import fold

K = ContactKind


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("电话13812345678", K.MOBILE, "13812345678"),
        ("１３８１２３４５６７８", K.MOBILE, "13812345678"),
        ("138 1234 5678", K.MOBILE, "13812345678"),
        ("138-1234-5678找王姐", K.MOBILE, "13812345678"),
        ("+86 13812345678", K.MOBILE, "13812345678"),
        ("tel13812345678", K.MOBILE, "13812345678"),
        ("13812345678（微信同号）", K.MOBILE, "13812345678"),
        ("幺三八一二三四五六七八", K.MOBILE, "13812345678"),
        ("0415-7123456", K.LANDLINE, "0415-7123456"),
        ("(0415)7123456", K.LANDLINE, "04157123456"),
        ("02158889999转801", K.LANDLINE, "02158889999转801"),
        ("400-820-8820", K.LANDLINE, "400-820-8820"),
        ("热线：7123456", K.LANDLINE, "7123456"),
        ("VX:abc_12345", K.WECHAT, "abc_12345"),
        ("加微信：hr-zhang2020", K.WECHAT, "hr-zhang2020"),
        ("微信号donggang_hr", K.WECHAT, "donggang_hr"),
        ("微信同号：13812345678", K.WECHAT, "13812345678"),
        ("wx13812345678", K.WECHAT, "13812345678"),
        ("V:zhaopin88", K.WECHAT, "zhaopin88"),
        ("QQ：123456789", K.QQ, "123456789"),
        ("扣扣 38291047", K.QQ, "38291047"),
        ("简历发HR@Example.com", K.EMAIL, "hr@example.com"),
        ("210681199001011234", K.IDENTITY, "210681********1234"),
        ("身份证21068119900101123X", K.IDENTITY, "210681********123X"),
    ],
)
def test_a_contact_is_found_once_and_normalised(text, kind, value):
    assert [(each.kind, each.value) for each in find_contacts(text)] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码914403001922038216",
        "代码91350100M000100Y43",
        "代码912106199001011576",  # all digits and shaped like an identity number, yet a valid code
        f"代码{make_credit_code('13812345')}",
        "工资5000-8000元",
        "2020-06-30至2020-12-31",
        "20200630",
        "上班8:00-17:30",
        "年产13800000000000件",
        "合同号HT13812345678ABCDEFG",
        "负责微信公众号运营",
        "熟练使用微信facebook等",
        "微信、QQ沟通",
        "QQ群管理",
        "注册资金50000000元",
        "0.13812345678",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert find_contacts(text) == ()


def test_lifting_puts_placeholders_and_hands_the_contacts_over():
    text, contacts = lift_contacts("联系王姐13812345678（微信同号），或发hr@a.com。")
    assert text == "联系王姐〔手机号〕，或发〔邮箱〕。"
    assert [each.kind for each in contacts] == [K.MOBILE, K.EMAIL]


@given(st.text(alphabet="1380425微信vx:QQ@a.c-_ 电话0幺三八（）x", max_size=40))
def test_lifting_twice_finds_nothing_more(text):
    lifted, contacts = lift_contacts(text)
    assert (lifted == text) is not bool(contacts)
    assert all(text[each.start : each.end] for each in contacts)
    assert len(lift_contacts(lifted)[1]) <= len(contacts)


def test_folding_keeps_the_way_back_to_the_original():
    folded = fold("限\u200b 男　優Ａ㎡")
    assert folded.text == "限 男 优a㎡".replace("限 男 优", "限男优")
    assert folded.span(1, 2) == (3, 4)


@given(st.text(max_size=30))
def test_every_folded_character_has_its_place(text):
    folded = fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
