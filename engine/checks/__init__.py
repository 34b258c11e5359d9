"""What must hold before a definition may be published: one small function per check, listed in `checks.all`.

Law: a check reads a definition and returns problems; it never changes anything.
"""
