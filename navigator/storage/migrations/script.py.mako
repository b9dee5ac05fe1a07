"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = "${up_revision}"
down_revision = ${f'"{down_revision}"' if down_revision else None}


def upgrade() -> None:
    """Change the tables, with the rows that are in them."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Change them back, with the rows that came in meanwhile."""
    ${downgrades if downgrades else "pass"}
