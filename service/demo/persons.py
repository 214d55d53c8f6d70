"""Invented persons: the commonest family names, given names drawn by lot."""

from random import Random

_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "明华强丽军敏静涛艳杰娟霞平刚桂英秀兰玉梅春生志国建文海波晓东雪红燕辉宁鹏飞龙凤云福顺"


def full_name(chance: Random) -> str:
    """A family name and one or two characters."""
    return chance.choice(_FAMILY) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))
