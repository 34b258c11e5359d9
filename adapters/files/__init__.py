"""Where attachments lie: found by a random id, kept once by content, never executed and never shown inline.

Knows bytes and names; not which case a file belongs to.
"""
