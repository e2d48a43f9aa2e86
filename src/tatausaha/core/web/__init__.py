"""The page kit: base templates, components, case page, worklist, charts."""
