"""The first tables

Revision: 0001, the first.
"""

import secrets

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STREAMS = ("openings", "matches", "profiles")


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("from_state", sa.String(length=24), nullable=True),
        sa.Column("to_state", sa.String(length=24), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_entries_subject", ["subject_kind", "subject_id", "id"], unique=False)

    op.create_table(
        "employers",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("size", sa.String(length=40), nullable=True),
        sa.Column("industry", sa.String(length=80), nullable=True),
        sa.Column("region", sa.String(length=9), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("introduction", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.LargeBinary(), nullable=True),
        sa.Column("contact_phone", sa.LargeBinary(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "unverified",
                "verified",
                "lapsed",
                "suspended",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.String(length=64), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employers")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_employers_credit_code")),
    )
    with op.batch_alter_table("employers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_employers_name_key"), ["name_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_employers_region"), ["region"], unique=False)

    op.create_table(
        "feed_entries",
        sa.Column(
            "stream",
            sa.Enum(
                "openings",
                "matches",
                "profiles",
                name="stream",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.String(length=60), nullable=False),
        sa.Column(
            "change",
            sa.Enum("upsert", "remove", name="change", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("stream", "position", name=op.f("pk_feed_entries")),
    )
    with op.batch_alter_table("feed_entries", schema=None) as batch_op:
        batch_op.create_index("ix_feed_entries_item", ["stream", "item_id", "position"], unique=False)

    op.create_table(
        "feed_heads",
        sa.Column(
            "stream",
            sa.Enum(
                "openings",
                "matches",
                "profiles",
                name="stream",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_feed_heads")),
    )
    op.create_table(
        "feed_items",
        sa.Column(
            "stream",
            sa.Enum(
                "openings",
                "matches",
                "profiles",
                name="stream",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("item_id", sa.String(length=60), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "item_id", name=op.f("pk_feed_items")),
    )
    with op.batch_alter_table("feed_items", schema=None) as batch_op:
        batch_op.create_index("ix_feed_items_position", ["stream", "position"], unique=False)

    op.create_table(
        "imports",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("receipts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imports_provider"), ["provider"], unique=False)

    op.create_table(
        "promises",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("idempotency_key", sa.String(length=80), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "owed", "kept", "parked", name="state", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.String(length=400), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_promises_idempotency_key")),
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index("ix_promises_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "seekers",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum("active", "paused", name="state", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("consent_version", sa.String(length=20), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shares_with_employers_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("subscribed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("subscriber_id", sa.String(length=26), nullable=True),
        sa.Column("registered_by", sa.String(length=64), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seekers")),
        sa.UniqueConstraint("phone_index", name=op.f("uq_seekers_phone_index")),
        sa.UniqueConstraint("subscriber_id", name=op.f("uq_seekers_subscriber_id")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "public",
                "administrator",
                "bureau",
                "employer",
                "operator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("username", name=op.f("uq_staff_username")),
    )
    op.create_table(
        "keys",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "public",
                "administrator",
                "bureau",
                "employer",
                "operator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("employer_id", sa.String(length=26), nullable=True),
        sa.Column("staff_id", sa.String(length=26), nullable=True),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_keys_employer_id")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_keys_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keys")),
    )
    op.create_table(
        "postings",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("employer_id", sa.String(length=26), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "scheduled",
                "open",
                "paused",
                "filled",
                "withdrawn",
                "expired",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("occupation_terms", JSON, nullable=False),
        sa.Column("skill_required_terms", JSON, nullable=False),
        sa.Column("skill_preferred_terms", JSON, nullable=False),
        sa.Column("licences", JSON, nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=False),
        sa.Column("experience_years", sa.Double(), nullable=True),
        sa.Column("education", sa.Integer(), nullable=True),
        sa.Column("region", sa.String(length=9), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column(
            "employment_type",
            sa.Enum(
                "full_time",
                "part_time",
                "temporary",
                "intern",
                name="employment_type",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "shift",
            sa.Enum(
                "long_day",
                "two_shift",
                "three_shift",
                "night",
                "flexible",
                name="shift",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "pay_stated",
            sa.Enum(
                "stated",
                "negotiable",
                "unstated",
                name="pay_stated",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("pay_minimum", sa.Integer(), nullable=True),
        sa.Column("pay_maximum", sa.Integer(), nullable=True),
        sa.Column(
            "pay_unit",
            sa.Enum(
                "hour",
                "day",
                "month",
                "year",
                "piece",
                name="pay_unit",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("housing", sa.Boolean(), nullable=True),
        sa.Column("meals", sa.Boolean(), nullable=True),
        sa.Column("shuttle", sa.Boolean(), nullable=True),
        sa.Column("shuttle_regions", JSON, nullable=False),
        sa.Column("insurance", sa.Boolean(), nullable=True),
        sa.Column("benefits", JSON, nullable=False),
        sa.Column("openings", sa.Integer(), nullable=True),
        sa.Column("openings_left", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("source_url", sa.String(length=400), nullable=False),
        sa.Column("contact_name", sa.LargeBinary(), nullable=True),
        sa.Column("contact_phone", sa.LargeBinary(), nullable=True),
        sa.Column("defaults", JSON, nullable=False),
        sa.Column("understood_with", sa.String(length=16), nullable=False),
        sa.Column("match_due", sa.SmallInteger(), nullable=False),
        sa.Column("matched_revision", sa.Integer(), nullable=False),
        sa.Column("recheck_on", sa.Date(), nullable=True),
        sa.Column("list_floor", sa.Double(), nullable=True),
        sa.Column("list_last", sa.String(length=26), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("openings IS NULL OR openings >= 0", name=op.f("ck_postings_openings_positive")),
        sa.CheckConstraint(
            "openings_left IS NULL OR openings_left >= 0", name=op.f("ck_postings_openings_left_positive")
        ),
        sa.CheckConstraint(
            "pay_minimum IS NULL OR pay_maximum IS NULL OR pay_minimum <= pay_maximum",
            name=op.f("ck_postings_pay_ordered"),
        ),
        sa.CheckConstraint(
            "pay_minimum IS NULL OR pay_minimum >= 0", name=op.f("ck_postings_pay_minimum_positive")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employers.id"], name=op.f("fk_postings_employer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("provider", "reference", name=op.f("uq_postings_provider_reference")),
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postings_employer_id"), ["employer_id"], unique=False)
        batch_op.create_index(
            "ix_postings_match_due",
            ["id"],
            unique=False,
            sqlite_where=sa.text("match_due > 0"),
            postgresql_where=sa.text("match_due > 0"),
        )
        batch_op.create_index("ix_postings_recheck_on", ["recheck_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_postings_region"), ["region"], unique=False)
        batch_op.create_index("ix_postings_state_valid_from", ["state", "valid_from"], unique=False)
        batch_op.create_index("ix_postings_state_valid_until", ["state", "valid_until"], unique=False)

    op.create_table(
        "profiles",
        sa.Column("seeker_id", sa.String(length=26), nullable=False),
        sa.Column("occupation_terms", JSON, nullable=False),
        sa.Column("skill_terms", JSON, nullable=False),
        sa.Column("licences", JSON, nullable=False),
        sa.Column("region", sa.String(length=9), nullable=True),
        sa.Column("commute_km", sa.Double(), nullable=True),
        sa.Column("will_board", sa.Boolean(), nullable=True),
        sa.Column("pay_expected", sa.Integer(), nullable=True),
        sa.Column("shifts", JSON, nullable=False),
        sa.Column("employment_types", JSON, nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("birth_month", sa.Date(), nullable=True),
        sa.Column("experience_years", sa.Double(), nullable=True),
        sa.Column("education", sa.Integer(), nullable=True),
        sa.Column("blocked_employers", JSON, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("understood_with", sa.String(length=16), nullable=False),
        sa.Column("match_due", sa.SmallInteger(), nullable=False),
        sa.Column("matched_revision", sa.Integer(), nullable=False),
        sa.Column("recheck_on", sa.Date(), nullable=True),
        sa.Column("list_floor", sa.Double(), nullable=True),
        sa.Column("list_last", sa.String(length=26), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "commute_km IS NULL OR commute_km >= 0", name=op.f("ck_profiles_commute_km_positive")
        ),
        sa.CheckConstraint(
            "pay_expected IS NULL OR pay_expected >= 0", name=op.f("ck_profiles_pay_expected_positive")
        ),
        sa.ForeignKeyConstraint(
            ["seeker_id"], ["seekers.id"], name=op.f("fk_profiles_seeker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("seeker_id", name=op.f("pk_profiles")),
    )
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.create_index(
            "ix_profiles_match_due",
            ["seeker_id"],
            unique=False,
            sqlite_where=sa.text("match_due > 0"),
            postgresql_where=sa.text("match_due > 0"),
        )
        batch_op.create_index("ix_profiles_recheck_on", ["recheck_on"], unique=False)

    op.create_table(
        "matches",
        sa.Column("posting_id", sa.String(length=26), nullable=False),
        sa.Column("seeker_id", sa.String(length=26), nullable=False),
        sa.Column("total", sa.Double(), nullable=False),
        sa.Column("conditional", sa.Boolean(), nullable=False),
        sa.Column("scores", JSON, nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("in_seeker_list", sa.Boolean(), nullable=False),
        sa.Column("in_posting_list", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("in_seeker_list OR in_posting_list", name=op.f("ck_matches_listed")),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("fk_matches_posting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["seeker_id"], ["seekers.id"], name=op.f("fk_matches_seeker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("posting_id", "seeker_id", name=op.f("pk_matches")),
    )
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.create_index("ix_matches_posting_total", ["posting_id", "total"], unique=False)
        batch_op.create_index("ix_matches_seeker_total", ["seeker_id", "total"], unique=False)
    heads = sa.table(
        "feed_heads", sa.column("stream"), sa.column("position"), sa.column("floor"), sa.column("epoch")
    )
    op.bulk_insert(
        heads,
        [{"stream": name, "position": 0, "floor": 0, "epoch": secrets.token_hex(4)} for name in STREAMS],
    )


def downgrade() -> None:
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.drop_index("ix_matches_seeker_total")
        batch_op.drop_index("ix_matches_posting_total")

    op.drop_table("matches")
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.drop_index("ix_profiles_recheck_on")
        batch_op.drop_index(
            "ix_profiles_match_due",
            sqlite_where=sa.text("match_due > 0"),
            postgresql_where=sa.text("match_due > 0"),
        )

    op.drop_table("profiles")
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index("ix_postings_state_valid_until")
        batch_op.drop_index("ix_postings_state_valid_from")
        batch_op.drop_index(batch_op.f("ix_postings_region"))
        batch_op.drop_index("ix_postings_recheck_on")
        batch_op.drop_index(
            "ix_postings_match_due",
            sqlite_where=sa.text("match_due > 0"),
            postgresql_where=sa.text("match_due > 0"),
        )
        batch_op.drop_index(batch_op.f("ix_postings_employer_id"))

    op.drop_table("postings")
    op.drop_table("keys")
    op.drop_table("staff")
    op.drop_table("seekers")
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.drop_index("ix_promises_state_due_at")

    op.drop_table("promises")
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imports_provider"))

    op.drop_table("imports")
    with op.batch_alter_table("feed_items", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_items_position")

    op.drop_table("feed_items")
    op.drop_table("feed_heads")
    with op.batch_alter_table("feed_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_feed_entries_item")

    op.drop_table("feed_entries")
    with op.batch_alter_table("employers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_employers_region"))
        batch_op.drop_index(batch_op.f("ix_employers_name_key"))

    op.drop_table("employers")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entries_subject")
        batch_op.drop_index(batch_op.f("ix_audit_entries_at"))

    op.drop_table("audit_entries")
