"""What of personal data may be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rules.masking import mask_address, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812345678", "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("0415-7123456", "0415*****56"),
        ("7123456", "*****56"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_a_phone_number(number, shown):
    assert mask_phone(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("210681199001011234", "210681********1234"),
        ("21068119900101123X", "210681********123X"),
        ("210681900101123", "210681*****1123"),
        ("21068119", "********"),
        ("", ""),
    ],
)
def test_an_identity_number(number, shown):
    assert mask_id(number) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王*"),
        ("欧阳娜娜", "欧阳*"),
        ("欧阳", "欧*"),
        ("古丽·娜扎", "古*"),
        ("王", "王*"),
        (" ", ""),
    ],
)
def test_a_name(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("辽宁省东港市前阳镇胜利村3组12号", "辽宁省东港市前阳镇"),
        ("东港市大东街道迎宾大街15号2单元", "东港市大东街道"),
        ("合隆满族乡龙源堡村", "合隆满族乡"),
        ("辽宁省东港市迎宾大街15号", "辽宁省东港市"),
        ("迎宾大街15号", ""),
        ("", ""),
    ],
)
def test_an_address_ends_at_its_township(address, shown):
    assert mask_address(address) == shown


@given(st.text(max_size=30))
def test_masking_takes_any_text(text):
    for mask in (mask_phone, mask_id, mask_name, mask_address):
        assert isinstance(mask(text), str)


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True))
def test_four_digits_of_a_mobile_are_always_hidden(number):
    assert mask_phone(number).count("*") == 4
