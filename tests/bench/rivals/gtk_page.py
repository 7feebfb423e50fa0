"""The page of page.html in GTK 3; run by the system's own Python, which has its bindings."""

from __future__ import annotations

import gi  # type: ignore[import-not-found]

gi.require_version("Gtk", "3.0")

from gi.repository import Gdk, Gtk  # type: ignore[import-not-found]  # noqa: E402

WIDTH, HEIGHT = 1080, 1920
CHOICES = ("子女入学", "就业", "住房", "生活补贴", "车辆登记", "银行开户", "其他")
FOOT = ("返回", "大字", "求助")
STYLE = b"""
* { transition: none; font-family: "Noto Sans CJK SC"; color: #1d2730; }
window { background: #f7f5f0; }
button { background: #e8eef4; border: 4px solid #5b6b78; border-radius: 16px; font-size: 44px;
         box-shadow: none; text-shadow: none; }
button:active { background: #1f5f8b; }
button:active label { color: #ffffff; }
label.title { font-size: 56px; font-weight: bold; }
label.help { font-size: 40px; }
"""


def main() -> None:
    """Show the page until the process is ended."""
    provider = Gtk.CssProvider()
    provider.load_from_data(STYLE)
    Gtk.StyleContext.add_provider_for_screen(
        Gdk.Screen.get_default(), provider, Gtk.STYLE_PROVIDER_PRIORITY_APPLICATION
    )
    window = Gtk.Window()
    window.set_decorated(False)
    window.set_default_size(WIDTH, HEIGHT)
    window.add(_page())
    window.fullscreen()
    window.show_all()
    window.move(0, 0)
    Gtk.main()


def _page() -> Gtk.Fixed:
    page = Gtk.Fixed()
    for words, name, top in (("居住证明用来办什么？", "title", 120), ("用途会印在证明上。", "help", 240)):
        label = Gtk.Label(label=words)
        label.get_style_context().add_class(name)
        page.put(label, 60, top)
    for at, words in enumerate(CHOICES):
        page.put(_button(words, 960), 60, 360 + 185 * at)
    for at, words in enumerate(FOOT):
        page.put(_button(words, 300), 60 + 330 * at, 1700)
    return page


def _button(words: str, width: int) -> Gtk.Button:
    button = Gtk.Button(label=words)
    button.set_size_request(width, 160)
    return button


if __name__ == "__main__":
    main()
