"""The line figures, each as layers of paths."""

from __future__ import annotations

from kiosk.screen.figure_parts import (
    Layer,
    arrow,
    card,
    cloud,
    ground,
    halo,
    machine,
    printer,
    reader,
    sheet,
    windows,
)
from kiosk.screen.theme import Colour

_INK, _PRIMARY, _TINT, _CARD = Colour.INK, Colour.PRIMARY, Colour.TINT, Colour.CARD

_ASK_STAFF = (
    halo(),
    Layer("M104 150 C104 116 122 104 150 104 C178 104 196 116 196 150 Z", _CARD, _INK),
    Layer("M138 105 L150 120 L162 105", None, _PRIMARY, 3),
    Layer("O150 72 24", _CARD, _INK),
    Layer("A150 72 24 190 350 M127 68 C140 66 150 60 156 52 C160 60 166 64 173 66", None, _INK, 2.6),
    Layer("M60 150 H240 V162 H60 Z", _PRIMARY, _INK),
    Layer("M74 162 V186 M226 162 V186", None, _INK),
    Layer(
        "M200 24 H258 C264 24 268 28 268 34 V58 C268 64 264 68 258 68 H222 L206 82 V68 H200 "
        "C194 68 190 64 190 58 V34 C190 28 194 24 200 24 Z",
        _CARD,
        _PRIMARY,
    ),
    Layer("D212 46 4 D229 46 4 D246 46 4", None, _PRIMARY),
)

PICTURES: dict[str, tuple[Layer, ...]] = {
    "lay_card": (halo(), *reader(138), *card(102, 14), arrow(150, 84, 126)),
    "take_card": (halo(), *reader(138), *card(102, 52), arrow(230, 108, 58)),
    "reading": (
        halo(),
        *reader(124),
        *card(102, 84),
        Layer("A150 76 18 -145 -35 A150 76 34 -145 -35 A150 76 50 -145 -35", None, _PRIMARY, 4),
    ),
    "looking_up": (
        halo(),
        *sheet(96, 24, 92, 136),
        Layer("M118 116 L142 96 L166 116 M125 111 V138 H159 V111", None, _PRIMARY, 3),
        Layer("O194 124 26", _CARD, _INK, 4),
        Layer("M212 143 L236 168", None, _INK, 8),
        Layer("A194 124 15 190 260", None, _PRIMARY, 3),
    ),
    "preparing": (
        halo(),
        *sheet(100, 22, 100, 148),
        Layer("O172 146 13", None, _PRIMARY, 3),
        Layer("M236 52 L248 64 L190 122 L172 128 L178 110 Z", _CARD, _INK),
        Layer("M226 62 L238 74", None, _INK, 2),
    ),
    "printing": (
        halo(),
        *printer(60),
        *sheet(100, 104, 100, 64),
        arrow(246, 110, 164),
    ),
    "take_paper": (
        halo(),
        *printer(42),
        *sheet(98, 86, 104, 100),
        Layer("R168 150 22 22 1", None, _PRIMARY, 2),
        Layer("M174 156 H179 V161 M184 166 H179 M184 156 V158", None, _PRIMARY, 2),
        arrow(246, 100, 162),
    ),
    "paper_out": (
        halo(),
        *printer(60),
        Layer("M92 122 L84 168 H216 L208 122", _CARD, _INK),
        Layer("M118 148 H182", None, Colour.BORDER, 2),
        Layer("O238 66 24", _CARD, _PRIMARY, 3),
        Layer("M238 55 V77 M227 66 H249", None, _PRIMARY, 4),
    ),
    "printer_trouble": (
        halo(),
        *printer(72),
        Layer("M238 24 L266 72 H210 Z", Colour.NOTICE, Colour.ON_NOTICE, 3.4),
        Layer("M238 40 V56 D238 64 2.4", None, Colour.ON_NOTICE, 4),
    ),
    "ask_staff": _ASK_STAFF,
    "staff_called": _ASK_STAFF,
    "out_of_service": (
        halo(),
        ground(),
        *machine(),
        Layer("O150 76 27", _CARD, _INK),
        Layer("M142 64 V88 M158 64 V88", None, _INK, 6),
    ),
    "starting": (
        halo(),
        ground(),
        *machine(),
        Layer(
            "M134 52 H166 M134 100 H166 M139 52 V61 L150 76 L161 61 V52 M139 100 V91 L150 76 L161 91 V100",
            None,
            _INK,
            3.2,
        ),
    ),
    "platform_offline": (
        halo(),
        Layer(cloud(150, 66), _CARD, _INK),
        Layer("M150 94 V114", None, _PRIMARY, 4),
        Layer("M150 146 V166", None, _PRIMARY, 4),
        Layer("M138 122 L162 138 M162 122 L138 138", None, Colour.DANGER, 4),
        Layer("R112 166 76 20 5", _CARD, _INK),
        Layer("D126 176 3 D138 176 3", None, _PRIMARY),
    ),
    "night": (
        halo(),
        Layer(
            "M166 26 C124 32 98 62 98 98 C98 138 130 168 168 168 C194 168 214 156 226 138 "
            "C216 142 206 144 196 144 C160 144 134 118 134 82 C134 60 146 40 166 26 Z",
            _CARD,
            _INK,
        ),
        Layer("M198 44 V64 M188 54 H208 M222 88 V100 M216 94 H228", None, _PRIMARY, 3),
        Layer("D180 92 3 D206 112 2.4 D226 64 2.4", None, _PRIMARY),
    ),
    "refusal": (
        halo(),
        *sheet(104, 22, 96, 140),
        Layer("O196 138 28", Colour.NOTICE, Colour.ON_NOTICE, 3.4),
        Layer("M196 124 V142 D196 152 2.8", None, Colour.ON_NOTICE, 4.6),
    ),
    "done": (
        halo(),
        *sheet(104, 22, 96, 140),
        Layer("O196 138 28", Colour.GOOD, Colour.GOOD, 2),
        Layer("M182 139 L192 149 L211 127", None, Colour.ON_GOOD, 5.4),
    ),
    "welcome": (
        Layer("O216 46 17", Colour.NOTICE, None),
        Layer("M30 186 C70 132 110 140 150 160 C196 124 252 136 270 186 Z", _TINT, None),
        # the community: a house with a gable and a block of flats
        Layer("M40 186 V108 L68 88 L96 108 V186", _CARD, _INK),
        Layer("R52 114 10 12 1 R74 114 10 12 1", _TINT, _PRIMARY, 2),
        Layer("R214 78 46 108 2", _CARD, _INK),
        Layer(windows(222, 88, 2, 5), _TINT, _PRIMARY, 2),
        # the machine
        Layer("M134 172 H186 L192 186 H128 Z", _CARD, _INK),
        Layer("R126 64 68 110 6", _PRIMARY, _INK),
        Layer("R134 73 52 56 3", _CARD, _INK, 2),
        Layer("M146 101 L156 111 L174 89", None, _PRIMARY, 4.4),
        Layer("M146 143 H174", None, Colour.ON_PRIMARY, 4),
        Layer("M150 143 V162 H170 V143", _CARD, _INK, 2),
        Layer("M155 150 H165 M155 155 H162", None, _PRIMARY, 1.6),
        # a mother with her child
        Layer("M92 186 V152 C92 134 118 134 118 152 V186 Z", _CARD, _INK),
        Layer("M116 148 L130 132", None, _INK, 5),
        Layer("O105 124 11", _CARD, _INK),
        Layer(
            "M94 124 C94 108 116 108 116 122 C110 122 104 119 102 115 C101 119 97 122 94 124 Z",
            _INK,
            _INK,
            1.6,
        ),
        Layer("M68 186 V166 C68 153 87 153 87 166 V186 Z", _PRIMARY, _INK),
        Layer("O77.5 147 8.4", _CARD, _INK),
        Layer("M69 146 C69 134 86 134 86 146 C81 144 79 142 77 140 C75 143 72 145 69 146 Z", _INK, _INK, 1.4),
        # a tree
        Layer("M204 186 V168", None, _INK),
        Layer("O204 158 11", _CARD, _INK),
        ground(),
    ),
}
UNKNOWN = (halo(),)  # stands for a figure that nobody drew; a test compares the names
