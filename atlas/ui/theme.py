"""Colours and type of the three themes: light, dark and projector."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtGui import QColor, QFont, QPalette

from atlas.body.drawing import ToneCurve, Tones, parse_colour

ThemeName = Literal["light", "dark", "projector"]


class Theme(NamedTuple):
    """One theme. Contrast of text and markers is tested against WCAG 2.2 AA."""

    name: ThemeName
    title: str
    canvas: str  # behind the body
    panel: str  # behind text
    line: str  # hairlines between areas
    text: str
    muted: str
    accent: str  # the one colour for what is selected
    soft: str  # behind what is selected
    on_accent: str
    danger: str
    danger_soft: str
    chip: str
    halo: str  # around markers and labels, to part them from the body
    scale: float  # of type and markers
    tones: Tones
    meridians: dict[str, str]

    def colour(self, meridian: str) -> str:
        """The colour of a meridian."""
        return self.meridians.get(meridian, self.meridians["EX"])


# Families of the five phases: metal grey, earth ochre, fire red, water blue, wood green.
_DEEP = {
    "LU": "#46525E", "LI": "#5E6B78", "ST": "#8A5A00", "SP": "#6E4310", "HT": "#B3261E",
    "SI": "#B8400A", "BL": "#1D5FAE", "KI": "#25357E", "PC": "#A3154F", "TE": "#9C2F7C",
    "GB": "#1B7046", "LR": "#4A6410", "GV": "#2E2B28", "CV": "#5B4592", "EX": "#5F564D",
}  # fmt: skip
_PALE = {
    "LU": "#CBD4DE", "LI": "#B4C2D0", "ST": "#EDBE55", "SP": "#E0A76C", "HT": "#FF9489",
    "SI": "#FFA777", "BL": "#86BBF8", "KI": "#B3C0FF", "PC": "#FF98BF", "TE": "#F3A9D5",
    "GB": "#76D8A6", "LR": "#B0DA75", "GV": "#F5F0E9", "CV": "#D3BEF8", "EX": "#D2C8BC",
}  # fmt: skip

_NIGHT = Tones(
    ToneCurve(
        (
            (0.40, (0xD2, 0xBD, 0xAA)),
            (0.57, (0x97, 0x83, 0x73)),
            (0.70, (0x44, 0x3A, 0x33)),
            (0.78, (0x3F, 0x36, 0x2F)),
            (0.91, (0x55, 0x4A, 0x41)),
            (1.00, (0x63, 0x57, 0x4D)),
        )
    ),
    ToneCurve(((0.60, (0xB9, 0xC3, 0xCA)), (1.00, (0x86, 0x8C, 0x90)))),
)
_BEAMER = Tones(
    ToneCurve(
        (
            (0.40, (0x3A, 0x2B, 0x22)),
            (0.57, (0x7D, 0x60, 0x4C)),
            (0.78, (0xDD, 0xBE, 0xA2)),
            (0.91, (0xF8, 0xEC, 0xDF)),
            (1.00, (0xFF, 0xFF, 0xFF)),
        )
    ),
    ToneCurve(((0.60, (0x5C, 0x6B, 0x76)), (1.00, (0xFF, 0xFF, 0xFF)))),
)

LIGHT = Theme(
    name="light", title="Light", canvas="#FAF9F7", panel="#FFFFFF", line="#E7E3DD",
    text="#24201C", muted="#6B6259", accent="#0B6A69", soft="#DFF0EE", on_accent="#FFFFFF",
    danger="#96300F", danger_soft="#FDF0E9", chip="#EFECE7", halo="#FFFFFF", scale=1.0,
    tones=Tones(), meridians=_DEEP,
)  # fmt: skip
DARK = Theme(
    name="dark", title="Dark", canvas="#1B1917", panel="#211F1C", line="#393530",
    text="#F1ECE5", muted="#ABA195", accent="#5FCBC2", soft="#1E3836", on_accent="#10201F",
    danger="#F4A57D", danger_soft="#38241A", chip="#322E2A", halo="#1B1917", scale=1.0,
    tones=_NIGHT, meridians=_PALE,
)  # fmt: skip
PROJECTOR = Theme(
    name="projector", title="Projector", canvas="#FFFFFF", panel="#FFFFFF", line="#A8A29A",
    text="#000000", muted="#453F39", accent="#00504F", soft="#CFE8E6", on_accent="#FFFFFF",
    danger="#7E1F00", danger_soft="#FFE9DD", chip="#E6E1DA", halo="#FFFFFF", scale=1.2,
    tones=_BEAMER, meridians={**_DEEP, "LI": "#4E5B68", "EX": "#4A433C"},
)  # fmt: skip

THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK, PROJECTOR)}


def palette(theme: Theme) -> QPalette:
    """The theme for Qt's own widgets."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: theme.panel,
        roles.WindowText: theme.text,
        roles.Base: theme.panel,
        roles.AlternateBase: theme.canvas,
        roles.Text: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Button: theme.panel,
        roles.ButtonText: theme.text,
        roles.ToolTipBase: theme.panel,
        roles.ToolTipText: theme.text,
        roles.Highlight: theme.soft,
        roles.HighlightedText: theme.text,
        roles.Link: theme.accent,
        roles.LinkVisited: theme.accent,
        roles.Mid: theme.line,
        roles.Midlight: theme.line,
        roles.Dark: theme.line,
        roles.Light: theme.canvas,
        roles.Shadow: theme.line,
        roles.Accent: theme.accent,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return made


def mixed(a: str, b: str, part: float) -> str:
    """A colour that lies a part of the way from one to another."""
    pairs = zip(parse_colour(a), parse_colour(b), strict=True)
    red, green, blue = (round(x + (y - x) * part) for x, y in pairs)
    return QColor(red, green, blue).name()


def use_fonts(base: QFont) -> QFont:
    """The type family of the atlas where it is installed, with characters in any case."""
    font = QFont(base)
    font.setFamilies(["Inter", base.family(), "Noto Sans CJK SC", "WenQuanYi Micro Hei"])
    return font


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours after WCAG 2.2 (1 to 21)."""
    bright, dim = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
