"""Everything that imports PySide6: panes, dialogs, and the one QThread."""
