"""Graphs as people look at them: `html` makes one page, `style` and `layout` say how."""
