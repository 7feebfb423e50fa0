"""Invented names: common surnames and given names put together by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.demo.dice import Dice

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "令狐", "皇甫")
_GIVEN = {
    "1": (
        "伟强磊军洋勇杰涛明超刚平辉鹏飞斌波宇浩凯健俊帆"
        "帅旭宁龙林国建文志海峰亮成东华新利民春祥学义庆德永康乐安"
    ),
    "2": "芳娜敏静丽艳娟霞秀玲桂英兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛红娥花慧巧美淑惠珠翠雅芝玉萍莉婷",
}
_RARE = "喆垚犇㛃䶮𬱖𬘭𬍛𬭎𫘧𬀩𬸦𫖯甯頔赟翀昪嫄"
_DOTTED = {
    "1": ("艾力·买买提", "阿布都·热合曼", "吐尔逊·尼牙孜", "玉素甫·卡德尔"),
    "2": ("阿依古丽·买买提", "热依汗·艾力", "古丽娜尔·吐尔逊", "帕提古丽·尼牙孜"),
}
_UYGUR, _HAN = "05", "01"
_OTHER_NATIONS = {"03": 60, "11": 20, "02": 15, "06": 5}


def invent_surname(dice: Dice) -> str:
    """A surname; a few have two characters."""
    return dice.pick(_DOUBLE_SURNAMES) if dice.chance(0.3) else dice.pick(_SURNAMES)


def invent_given_name(dice: Dice, sex: str) -> str:
    """A given name of one or two characters; one in 150 has a rare one, also above U+FFFF."""
    first = dice.pick(_GIVEN[sex])
    if dice.chance(0.7):
        return first + dice.pick(_RARE)
    return first if dice.chance(18) else first + dice.pick(_GIVEN[sex])


def invent_name(dice: Dice, sex: str) -> str:
    """A whole name; one in 250 is of the form 名·父名."""
    return (
        dice.pick(_DOTTED[sex]) if dice.chance(0.4) else invent_surname(dice) + invent_given_name(dice, sex)
    )


def invent_nation(dice: Dice, name: str) -> str:
    """A GB/T 3304 code that goes with the name."""
    if "·" in name:
        return _UYGUR
    return dice.weigh(_OTHER_NATIONS) if dice.chance(2) else _HAN


def surname_of(name: str) -> str:
    """The part of a name that children take over."""
    return next((double for double in _DOUBLE_SURNAMES if name.startswith(double)), name[:1])


def mask(name: str) -> str:
    """王秀梅 becomes 王××; dots between the parts of a name stay."""
    return name[:1] + "".join("·" if character == "·" else "×" for character in name[1:])


def mask_officer(name: str) -> str:
    """李建国 becomes 李某."""
    return surname_of(name) + "某"
