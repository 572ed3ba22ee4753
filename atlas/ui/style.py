"""The style of the few widgets that Qt's palette does not reach."""

from __future__ import annotations

from atlas.ui.theme import Theme, mixed


def stylesheet(theme: Theme) -> str:
    """Style for the named widgets of the window, in the colours of a theme."""
    return f"""
#header, #footer {{ background: {theme.panel}; }}
#header {{ border-bottom: 1px solid {theme.line}; }}
#footer {{ border-top: 1px solid {theme.line}; }}
#strip {{ background: {theme.canvas}; border-bottom: 1px solid {theme.line}; }}
#title {{ font-weight: 600; font-size: 12.5pt; color: {theme.text}; }}
#muted {{ color: {theme.muted}; }}
QSplitter::handle {{ background: {theme.line}; }}
QLineEdit {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line};
  border-radius: 6px; padding: 5px 8px; selection-background-color: {theme.accent};
  selection-color: {theme.on_accent}; }}
QLineEdit:disabled {{ background: {theme.canvas}; color: {theme.muted}; }}
QLineEdit:focus {{ border: 1px solid {theme.accent}; }}
#tool {{ border: none; border-radius: 6px; padding: 5px; background: transparent; }}
#mode {{ border: none; border-radius: 6px; padding: 6px 12px; background: transparent;
  color: {theme.muted}; }}
#mode:hover {{ background: {theme.canvas}; }}
#mode:checked {{ background: {theme.soft}; color: {theme.accent}; font-weight: 600; }}
#mode:focus {{ border: 1px solid {theme.accent}; }}
#tabs {{ background: transparent; }}
#tabs::tab {{ padding: 8px 10px 6px 10px; border: 1px solid transparent;
  border-bottom: 2px solid transparent; color: {theme.text}; background: transparent; }}
#tabs::tab:selected {{ border-bottom-color: {theme.accent}; font-weight: 600; }}
#tabs::tab:hover {{ color: {theme.accent}; }}
#tabs:focus::tab:selected {{ border-color: {theme.accent}; }}
#tool:hover, #tool:checked {{ background: {theme.soft}; }}
#tool:focus {{ border: 1px solid {theme.accent}; }}
#tool::menu-indicator {{ image: none; }}
#layer {{ background: {theme.panel}; color: {theme.muted}; border: 1px solid {theme.line};
  border-radius: 6px; padding: 4px 10px; }}
#layer:checked {{ color: {theme.text}; border-color: {theme.accent}; }}
#layer:hover {{ background: {theme.soft}; }}
#layer:focus {{ border: 2px solid {theme.accent}; padding: 3px 9px; }}
QToolButton#layer {{ padding: 4px; }}
QToolButton#layer:focus {{ padding: 3px; }}
#head {{ font-size: {7.6 * theme.scale:.1f}pt; font-weight: 600; color: {theme.muted}; }}
#large {{ font-size: {19 * theme.scale:.1f}pt; font-weight: 600; }}
#choice, #set {{ background: {theme.panel}; color: {theme.text}; text-align: left;
  border: 1px solid {theme.line}; border-radius: 6px; padding: 8px 12px; }}
#choice:hover, #set:hover {{ background: {theme.soft}; }}
#choice:focus, #set:focus {{ border-color: {theme.accent}; }}
#choice:disabled {{ color: {theme.muted}; }}
#set::menu-indicator {{ image: none; }}
#primary {{ background: {theme.accent}; color: {theme.on_accent}; border: 2px solid {theme.accent};
  border-radius: 6px; padding: 9px 14px; font-weight: 600; }}
#primary:hover, #primary:focus {{ border-color: {theme.text}; }}
#primary:disabled {{ background: {theme.canvas}; color: {theme.muted};
  border-color: {theme.line}; }}
#rating {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line};
  border-radius: 6px; padding: 7px 2px; }}
#rating:hover {{ background: {theme.soft}; }}
#rating:focus {{ border-color: {theme.accent}; }}
#rating:checked {{ background: {theme.soft}; border: 2px solid {theme.accent};
  padding: 6px 1px; }}
QDialog QPlainTextEdit, QDialog QListWidget {{ background: {theme.panel}; color: {theme.text};
  border: 1px solid {theme.line}; border-radius: 6px; padding: 4px; }}
QDialog QPlainTextEdit:focus, QDialog QListWidget:focus {{ border-color: {theme.accent}; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox::indicator {{ width: 11px; height: 11px; border: 1px solid {theme.muted};
  border-radius: 3px; background: {theme.panel}; }}
QCheckBox::indicator:checked {{ border: 1px solid {theme.accent}; background: {theme.accent}; }}
QCheckBox::indicator:focus {{ border: 2px solid {theme.text}; }}
#chip {{ background: {theme.soft}; color: {theme.text}; border: 1px solid transparent;
  border-radius: 9px; padding: 2px 9px; }}
#chip:hover, #chip:focus {{ border-color: {theme.accent}; }}
#link {{ background: transparent; color: {theme.accent}; border: none; padding: 2px 4px; }}
#link:focus {{ text-decoration: underline; }}
#card, #results {{ background: {theme.panel}; color: {theme.text};
  border: 1px solid {theme.line}; border-radius: 6px; }}
#card QListWidget {{ background: transparent; outline: none; }}
#card QListWidget::item {{ padding: 4px 8px; color: {theme.text}; }}
#card QListWidget::item:selected {{ background: {theme.soft}; color: {theme.text}; }}
QLabel#card {{ padding: 7px 11px; }}
#source {{ background: {theme.canvas}; border-top: 1px solid {theme.line}; padding: 8px 18px; }}
#banner {{ background: {theme.danger_soft}; border-bottom: 1px solid {theme.danger}; }}
#quiet {{ background: {theme.soft}; border-bottom: 1px solid {theme.accent}; }}
#banner QLabel {{ color: {theme.text}; }}
QToolTip {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line};
  padding: 4px 6px; }}
QMenu {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line};
  padding: 4px 0; }}
QMenu::item {{ padding: 5px 28px 5px 22px; }}
QMenu::item:selected {{ background: {theme.soft}; }}
QMenu::item:disabled {{ color: {mixed(theme.muted, theme.panel, 0.5)}; }}
QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 3px; min-height: 30px;
  margin: 2px 3px 2px 2px; }}
QScrollBar::handle:vertical:hover {{ background: {theme.muted}; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {theme.line}; border-radius: 3px; min-width: 30px;
  margin: 3px 2px 2px 2px; }}
QScrollBar::handle:horizontal:hover {{ background: {theme.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
