"""How mail leaves: over SMTP, or into the mailbox page when no server is named. Knows one mail at a time, not the outbox."""
