"""The first schema."""

import sqlalchemy as sa
from alembic import op

from adapters.database import looking_again
from adapters.database.append_only import give_up_protection, protect
from adapters.database.columns import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("history", "warranty_change", "record_change", "audit", "process_version")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "account",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_table(
        "call",
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_call")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index(
            "ix_call_waiting",
            ["due_at", "key"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "candidate",
        sa.Column("who", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("due_key", Instant(), nullable=False),
        sa.Column("task_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("excluded", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("who", "due_key", "task_id", name=op.f("pk_candidate")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("number", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("process", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("milestone", sa.String(), nullable=True),
        sa.Column("owner", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("starter", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended", sa.String(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("listed", sa.Text(), nullable=False),
        sa.Column("records_changed", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_open_version",
            ["process", "version"],
            unique=False,
            sqlite_where=sa.text("ended IS NULL"),
            postgresql_where=sa.text("ended IS NULL"),
        )
        batch_op.create_index("ix_case_owner", ["owner", "opened_at", "id"], unique=False)
        batch_op.create_index(
            "ix_case_process", ["process", "opened_at", "id", "ended", "number", "subject"], unique=False
        )
        batch_op.create_index("ix_case_starter", ["starter", "opened_at", "id"], unique=False)

    op.create_table(
        "case_link",
        sa.Column("child_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("parent_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("child_id", name=op.f("pk_case_link")),
    )
    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.create_index("ix_case_link_parent_id", ["parent_id"], unique=False)

    op.create_table(
        "case_record",
        sa.Column("type", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("record_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("case_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("type", "record_id", "case_id", name=op.f("pk_case_record")),
    )
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.create_index("ix_case_record_case_id", ["case_id"], unique=False)

    op.create_table(
        "counter",
        sa.Column("name", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("more", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("key", name=op.f("uq_customer_key")),
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.create_index("ix_customer_name", ["name"], unique=False)

    op.create_table(
        "customer_order",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("customer", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("promised_on", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("line_count", sa.Integer(), nullable=True),
        sa.Column("more", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_order")),
        sa.UniqueConstraint("key", name=op.f("uq_customer_order_key")),
    )
    with op.batch_alter_table("customer_order", schema=None) as batch_op:
        batch_op.create_index("ix_customer_order_customer", ["customer"], unique=False)

    op.create_table(
        "event_inbox",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_inbox")),
    )
    with op.batch_alter_table("event_inbox", schema=None) as batch_op:
        batch_op.create_index("ix_event_inbox_received_at", ["received_at"], unique=False)
        batch_op.create_index(
            "ix_event_inbox_waiting",
            ["name", "received_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "event_seen",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_seen")),
    )
    op.create_table(
        "failed_sign_in",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("about", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_failed_sign_in")),
    )
    with op.batch_alter_table("failed_sign_in", schema=None) as batch_op:
        batch_op.create_index("ix_failed_sign_in_about", ["about", "at"], unique=False)
        batch_op.create_index("ix_failed_sign_in_at", ["at"], unique=False)

    op.create_table(
        "history",
        sa.Column("case_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "seq", name=op.f("pk_history")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("text_zh", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("key", name=op.f("uq_incident_key")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index("ix_incident_at", ["at"], unique=False)
        batch_op.create_index("ix_incident_case_id", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_incident_open",
            ["at"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "kpi_fact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kpi", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("per", sa.String(), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kpi_fact")),
    )
    with op.batch_alter_table("kpi_fact", schema=None) as batch_op:
        batch_op.create_index("ix_kpi_fact_process", ["process", "kpi", "per"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("person", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("text_zh", sa.String(), nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_person", ["person", "at"], unique=False)
        batch_op.create_index(
            "ix_notice_unread",
            ["person", "at"],
            unique=False,
            sqlite_where=sa.text("unread = 1"),
            postgresql_where=sa.text("unread"),
        )

    op.create_table(
        "order_line",
        sa.Column("order_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("order_id", "position", name=op.f("pk_order_line")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("case_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("not_before", Instant(), nullable=True),
        sa.Column("checksum", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_case_id", ["case_id"], unique=False)
        batch_op.create_index("ix_outbox_created_at", ["created_at", "id"], unique=False)
        batch_op.create_index(
            "ix_outbox_waiting",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "process_version",
        sa.Column("process", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("process", "number", name=op.f("pk_process_version")),
    )
    op.create_table(
        "record",
        sa.Column("type", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("more", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("type", "id", name=op.f("pk_record")),
        sa.UniqueConstraint("type", "key", name=op.f("uq_record_type_key")),
    )
    op.create_table(
        "record_change",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("type", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("old", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("new", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_record_change")),
    )
    with op.batch_alter_table("record_change", schema=None) as batch_op:
        batch_op.create_index("ix_record_change_type", ["type", "id"], unique=False)

    op.create_table(
        "record_reference",
        sa.Column("type", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("attribute", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("target_type", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("target_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("type", "id", "attribute", name=op.f("pk_record_reference")),
    )
    with op.batch_alter_table("record_reference", schema=None) as batch_op:
        batch_op.create_index("ix_record_reference_target", ["target_type", "target_id"], unique=False)

    op.create_table(
        "remembered",
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_remembered")),
    )
    with op.batch_alter_table("remembered", schema=None) as batch_op:
        batch_op.create_index("ix_remembered_at", ["at"], unique=False)

    op.create_table(
        "serial_number",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("customer", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("order", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=True),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("warranty_until", sa.String(), nullable=True),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("more", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_serial_number")),
        sa.UniqueConstraint("key", name=op.f("uq_serial_number_key")),
    )
    with op.batch_alter_table("serial_number", schema=None) as batch_op:
        batch_op.create_index("ix_serial_number_customer", ["customer"], unique=False)
        batch_op.create_index("ix_serial_number_order", ["order"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("person", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index("ix_session_person", ["person"], unique=False)
        batch_op.create_index("ix_session_started_at", ["started_at"], unique=False)

    op.create_table(
        "subscription",
        sa.Column("name", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("value", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("case_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("step", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("name", "key", "value", "case_id", "step", name=op.f("pk_subscription")),
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.create_index("ix_subscription_case_id", ["case_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("case_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("process", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("label_zh", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("assignee", sa.String(), nullable=True),
        sa.Column("only_person", sa.String(), nullable=True),
        sa.Column("excluded", sa.String(), nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("due_key", Instant(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("resume_at", Instant(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("completed_by", sa.String(), nullable=True),
        sa.Column("completed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(
            "ix_task_open_case",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "ix_task_open_process",
            ["process", "due_key", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "timer",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("case_id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("fire_at", Instant(), nullable=True),
        sa.Column("armed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
    )
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_timer_armed",
            ["fire_at", "id"],
            unique=False,
            sqlite_where=sa.text("armed = 1"),
            postgresql_where=sa.text("armed"),
        )

    op.create_table(
        "token",
        sa.Column("id", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("hash", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("person", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("last_used_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_token_hash")),
    )
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.create_index("ix_token_person", ["person"], unique=False)

    op.create_table(
        "warranty_change",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("serial_number", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_warranty_change")),
    )
    with op.batch_alter_table("warranty_change", schema=None) as batch_op:
        batch_op.create_index("ix_warranty_change_serial_number", ["serial_number"], unique=False)

    for table in APPEND_ONLY:
        protect(table)
    looking_again.begin()


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("warranty_change", schema=None) as batch_op:
        batch_op.drop_index("ix_warranty_change_serial_number")

    op.drop_table("warranty_change")
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.drop_index("ix_token_person")

    op.drop_table("token")
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.drop_index("ix_timer_armed", sqlite_where=sa.text("armed = 1"), postgresql_where=sa.text("armed"))

    op.drop_table("timer")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_task_open_process", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index(
            "ix_task_open_case", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )

    op.drop_table("task")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.drop_index("ix_subscription_case_id")

    op.drop_table("subscription")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index("ix_session_started_at")
        batch_op.drop_index("ix_session_person")

    op.drop_table("session")
    with op.batch_alter_table("serial_number", schema=None) as batch_op:
        batch_op.drop_index("ix_serial_number_order")
        batch_op.drop_index("ix_serial_number_customer")

    op.drop_table("serial_number")
    with op.batch_alter_table("remembered", schema=None) as batch_op:
        batch_op.drop_index("ix_remembered_at")

    op.drop_table("remembered")
    with op.batch_alter_table("record_reference", schema=None) as batch_op:
        batch_op.drop_index("ix_record_reference_target")

    op.drop_table("record_reference")
    with op.batch_alter_table("record_change", schema=None) as batch_op:
        batch_op.drop_index("ix_record_change_type")

    op.drop_table("record_change")
    op.drop_table("record")
    op.drop_table("process_version")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_outbox_created_at")
        batch_op.drop_index("ix_outbox_case_id")

    op.drop_table("outbox")
    op.drop_table("order_line")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_unread", sqlite_where=sa.text("unread = 1"), postgresql_where=sa.text("unread"))
        batch_op.drop_index("ix_notice_person")

    op.drop_table("notice")
    with op.batch_alter_table("kpi_fact", schema=None) as batch_op:
        batch_op.drop_index("ix_kpi_fact_process")

    op.drop_table("kpi_fact")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_incident_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index("ix_incident_case_id")
        batch_op.drop_index("ix_incident_at")

    op.drop_table("incident")
    op.drop_table("history")
    with op.batch_alter_table("failed_sign_in", schema=None) as batch_op:
        batch_op.drop_index("ix_failed_sign_in_at")
        batch_op.drop_index("ix_failed_sign_in_about")

    op.drop_table("failed_sign_in")
    op.drop_table("event_seen")
    with op.batch_alter_table("event_inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_event_inbox_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_event_inbox_received_at")

    op.drop_table("event_inbox")
    with op.batch_alter_table("customer_order", schema=None) as batch_op:
        batch_op.drop_index("ix_customer_order_customer")

    op.drop_table("customer_order")
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_index("ix_customer_name")

    op.drop_table("customer")
    op.drop_table("counter")
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.drop_index("ix_case_record_case_id")

    op.drop_table("case_record")
    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.drop_index("ix_case_link_parent_id")

    op.drop_table("case_link")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index("ix_case_starter")
        batch_op.drop_index("ix_case_process")
        batch_op.drop_index("ix_case_owner")
        batch_op.drop_index(
            "ix_case_open_version", sqlite_where=sa.text("ended IS NULL"), postgresql_where=sa.text("ended IS NULL")
        )

    op.drop_table("case")
    op.drop_table("candidate")
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_call_waiting", sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'")
        )

    op.drop_table("call")
    op.drop_table("audit")
    op.drop_table("account")
    give_up_protection()
    looking_again.end()
